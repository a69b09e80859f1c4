import { Button } from "@mantine/core";
import { IconCalendarOff, IconMapPin, IconRepeat } from "@tabler/icons-react";
import { type CSSProperties, type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { dayText, timeText, weekdayText } from "../../../../lib/calendar/format";
import type { Occurrence } from "../../../../lib/calendar/occurrence";
import { locationText } from "../../../../lib/calendar/places";
import { type Day, dayLength, dayOf, daysBetween, isoWeek, startOfWeek, wallOf } from "../../../../lib/calendar/time";
import { EmptyState } from "../../../../ui";
import { useCalendar } from "../../state/CalendarContext";
import { useOpen } from "../../state/useOpen";
import classes from "./AgendaView.module.css";

interface AgendaViewProps {
  days: readonly Day[];
  occurrences: readonly Occurrence[];
  label: string;
  empty?: ReactNode;
  onMore?: () => void;
}

/** What comes, day after day; days without anything are left out. */
export function AgendaView({ days, occurrences, label, empty, onMore }: AgendaViewProps) {
  const { t, i18n } = useTranslation("calendar");
  const { now, go } = useCalendar();
  const [first, last] = [days[0] ?? "", days.at(-1) ?? ""];
  const byDay = useMemo(() => groups(occurrences, first, last), [occurrences, first, last]);
  const today = dayOf(now);
  if (byDay.length === 0)
    return empty ?? <EmptyState icon={IconCalendarOff} title={t("agenda.emptyTitle")} text={t("agenda.emptyText")} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard (WCAG 2.1.1)
    <section className={classes.agenda} aria-label={label} tabIndex={0} data-scroller>
      {byDay.map(({ day, events }, at) => {
        const isNewWeek = at === 0 || startOfWeek(day) !== startOfWeek(byDay[at - 1]?.day ?? day);
        return (
          <section
            key={day}
            className={classes.day}
            aria-label={dayText(day, i18n.language)}
            data-past={day < today || undefined}
          >
            {isNewWeek && <p className={classes.week}>{t("weekOf", { week: isoWeek(day) })}</p>}
            <button
              type="button"
              className={classes.date}
              data-today={day === today || undefined}
              onClick={() => go({ view: "day", day, search: null })}
            >
              <span className={classes.number}>{Number(day.slice(8))}</span>
              <span className={classes.weekday}>
                {weekdayText(day, i18n.language, "long")}
                <span className={classes.month}>{dayText(day, i18n.language).replace(/^\S+\s+\S+\s+/, "")}</span>
              </span>
            </button>
            <ul className={classes.list}>
              {events.map((occurrence) => (
                <AgendaRow key={occurrence.key} occurrence={occurrence} day={day} />
              ))}
            </ul>
          </section>
        );
      })}
      {onMore && (
        <div className={classes.foot}>
          <Button variant="subtle" onClick={onMore}>
            {t("agenda.more")}
          </Button>
        </div>
      )}
    </section>
  );
}

function AgendaRow({ occurrence, day }: { occurrence: Occurrence; day: Day }) {
  const { t } = useTranslation("calendar");
  const { colourOf, calendars, location, now } = useCalendar();
  const open = useOpen();
  const { event, begin, end, isAllDay } = occurrence;
  const place = locationText(event);
  const total = daysBetween(dayOf(begin), dayOf(Math.max(begin, end - 1))) + 1;
  const nth = daysBetween(dayOf(begin), day) + 1;
  const time =
    isAllDay || (nth > 1 && nth < total)
      ? t("grid.allDay")
      : nth > 1
        ? `… – ${timeText(end)}`
        : `${timeText(begin)} – ${total > 1 ? "…" : timeText(end)}`;
  return (
    <li>
      <button
        type="button"
        className={classes.row}
        style={{ "--event": colourOf(occurrence) } as CSSProperties}
        data-event={occurrence.key}
        data-past={end <= now || undefined}
        data-cancelled={event.status === "cancelled" || undefined}
        data-open={location.eventId === event.id || undefined}
        onClick={() => open(occurrence)}
      >
        <span className={classes.bar} aria-hidden />
        <span className={classes.time}>{time}</span>
        <span className={classes.what}>
          <span className={classes.title}>
            {event.title?.trim() || t("unnamed")}
            {total > 1 && <span className={classes.soft}> {t("agenda.dayOf", { day: nth, count: total })}</span>}
          </span>
          {place && (
            <span className={classes.place}>
              <IconMapPin className={classes.icon} aria-hidden />
              {place}
            </span>
          )}
        </span>
        {event.baseEventId && <IconRepeat className={classes.icon} aria-hidden />}
        <span className={classes.calendar}>
          {calendars.of(occurrence.accountId, occurrence.calendarId)?.calendar.name}
        </span>
      </button>
    </li>
  );
}

/** Each day that has something, with all that is on it. */
function groups(occurrences: readonly Occurrence[], from: Day, to: Day): { day: Day; events: Occurrence[] }[] {
  const found = new Map<Day, Occurrence[]>();
  for (const occurrence of occurrences) {
    const last = Math.max(occurrence.begin, occurrence.end - 1);
    for (
      let at = Math.max(wallOf(dayOf(occurrence.begin)), wallOf(from));
      at <= Math.min(last, wallOf(to) + dayLength - 1);
      at += dayLength
    ) {
      const day = dayOf(at);
      found.set(day, [...(found.get(day) ?? []), occurrence]);
    }
  }
  const order = (day: Day) => (a: Occurrence, b: Occurrence) =>
    Number(b.isAllDay) - Number(a.isAllDay) || Math.max(a.begin, wallOf(day)) - Math.max(b.begin, wallOf(day));
  return [...found.entries()]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([day, events]) => ({ day, events: events.toSorted(order(day)) }));
}
