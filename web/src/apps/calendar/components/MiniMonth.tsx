import { ActionIcon } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayText, monthYearText, weekdayText } from "../../../lib/calendar/format";
import { addMonths, type Day, dayOf, isoWeek, startOfMonth } from "../../../lib/calendar/time";
import { useCalendar } from "../state/CalendarContext";
import { usePreferences } from "../state/preferences";
import { daysOf, weeksOfMonth } from "../state/range";
import classes from "./MiniMonth.module.css";

interface MiniMonthProps {
  /** Something was chosen: a drawer closes. */
  onGone?(): void;
}

/** A month to go by: the days that are shown are seen in it. */
export function MiniMonth({ onGone }: MiniMonthProps) {
  const { t, i18n } = useTranslation("calendar");
  const { location, go, now } = useCalendar();
  const { weekNumbers } = usePreferences();
  const [month, show] = useState(startOfMonth(location.day));
  useEffect(() => show(startOfMonth(location.day)), [location.day]);
  const today = dayOf(now);
  const shown =
    location.view === "year" || location.view === "agenda" ? [location.day] : daysOf(location.view, location.day);
  const isShown = (day: Day) => location.view !== "month" && day >= (shown[0] ?? "") && day <= (shown.at(-1) ?? "");
  const choose = (day: Day) => {
    onGone?.();
    const view = location.view === "year" ? "month" : location.view;
    go({ view, day });
  };
  return (
    <div className={classes.mini}>
      <div className={classes.head}>
        <button type="button" className={classes.title} onClick={() => go({ view: "month", day: month })}>
          {monthYearText(month, i18n.language)}
        </button>
        <ActionIcon aria-label={t("mini.previous")} onClick={() => show(addMonths(month, -1))}>
          <IconChevronLeft className={classes.icon} />
        </ActionIcon>
        <ActionIcon aria-label={t("mini.next")} onClick={() => show(addMonths(month, 1))}>
          <IconChevronRight className={classes.icon} />
        </ActionIcon>
      </div>
      <MonthTable
        month={month}
        weekNumbers={weekNumbers}
        today={today}
        chosen={location.day}
        isShown={isShown}
        onDay={choose}
        onWeek={(day) => {
          onGone?.();
          go({ view: "week", day });
        }}
        label={(day) => dayText(day, i18n.language)}
        weekday={(day) => weekdayText(day, i18n.language, "narrow")}
        weekLabel={(day) => t("weekOf", { week: isoWeek(day) })}
      />
    </div>
  );
}

interface MonthTableProps {
  month: Day;
  weekNumbers: boolean;
  today: Day;
  chosen?: Day;
  isShown?(day: Day): boolean;
  /** How many events a day has. */
  busy?: ReadonlyMap<Day, number>;
  onDay(day: Day): void;
  onWeek?(day: Day): void;
  label(day: Day): string;
  weekday(day: Day): string;
  weekLabel(day: Day): string;
}

/** The days of a month, as small as they can be read. */
export function MonthTable(props: MonthTableProps) {
  const { month, weekNumbers, today, chosen, isShown, busy, onDay, onWeek, label, weekday, weekLabel } = props;
  const weeks = weeksOfMonth(month);
  const own = month.slice(0, 7);
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {weekNumbers && <td className={classes.number} />}
          {(weeks[0] ?? []).map((day) => (
            <th key={day} scope="col" className={classes.weekday} abbr={label(day)}>
              {weekday(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((days) => (
          <tr key={days[0]}>
            {weekNumbers && (
              <td className={classes.number}>
                {onWeek ? (
                  <button
                    type="button"
                    className={classes.numberButton}
                    aria-label={weekLabel(days[0] ?? month)}
                    onClick={() => onWeek(days[0] ?? month)}
                  >
                    {isoWeek(days[0] ?? month)}
                  </button>
                ) : (
                  isoWeek(days[0] ?? month)
                )}
              </td>
            )}
            {days.map((day) => (
              <td key={day} className={classes.cell} data-shown={isShown?.(day) || undefined}>
                <button
                  type="button"
                  className={classes.day}
                  data-other={!day.startsWith(own) || undefined}
                  data-today={(day === today && !(busy && !day.startsWith(own))) || undefined}
                  data-chosen={day === chosen || undefined}
                  data-busy={(day.startsWith(own) && Math.min(3, busy?.get(day) ?? 0)) || undefined}
                  aria-label={label(day)}
                  aria-current={day === today ? "date" : undefined}
                  onClick={() => onDay(day)}
                >
                  {Number(day.slice(8))}
                </button>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
