import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { dayText, monthText, weekdayText } from "../../../../lib/calendar/format";
import type { Occurrence } from "../../../../lib/calendar/occurrence";
import { type Day, dayLength, dayOf, isoWeek, wallOf } from "../../../../lib/calendar/time";
import { useCalendar } from "../../state/CalendarContext";
import { usePreferences } from "../../state/preferences";
import { MonthTable } from "../MiniMonth";
import classes from "./YearView.module.css";

/** Twelve months, with how much there is on their days. */
export function YearView({ year, occurrences }: { year: string; occurrences: readonly Occurrence[] }) {
  const { t, i18n } = useTranslation("calendar");
  const { go, now } = useCalendar();
  const { weekNumbers } = usePreferences();
  const busy = useMemo(() => {
    const counts = new Map<Day, number>();
    for (const { begin, end } of occurrences)
      for (let at = wallOf(dayOf(begin)); at < Math.max(end, begin + 1); at += dayLength)
        counts.set(dayOf(at), (counts.get(dayOf(at)) ?? 0) + 1);
    return counts;
  }, [occurrences]);
  const months = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, "0")}-01`);
  const label = (day: Day) => {
    const count = busy.get(day) ?? 0;
    return count > 0 ? t("year.day", { day: dayText(day, i18n.language), count }) : dayText(day, i18n.language);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard (WCAG 2.1.1)
    <section className={classes.year} aria-label={year} tabIndex={0} data-scroller>
      {months.map((month) => (
        <section key={month} className={classes.month} aria-label={monthText(month, i18n.language)}>
          <h2 className={classes.title}>
            <button type="button" className={classes.open} onClick={() => go({ view: "month", day: month })}>
              {monthText(month, i18n.language)}
            </button>
          </h2>
          <MonthTable
            month={month}
            weekNumbers={weekNumbers}
            today={dayOf(now)}
            busy={busy}
            onDay={(day) => go({ view: "day", day })}
            onWeek={(day) => go({ view: "week", day })}
            label={label}
            weekday={(day) => weekdayText(day, i18n.language, "narrow")}
            weekLabel={(day) => t("weekOf", { week: isoWeek(day) })}
          />
        </section>
      ))}
    </section>
  );
}
