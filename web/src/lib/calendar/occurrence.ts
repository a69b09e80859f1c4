import type { CalendarEvent } from "../jmap/calendars";
import type { ListEvent } from "./eventGet";
import { dayLength, readDuration, readWall, type Wall, writeDuration } from "./time";
import { momentOf, moved, wallAt } from "./zones";

/** An event where it stands in a view: its begin and end on the clock that the view shows. */
export interface Occurrence {
  /** Unlike that of any other occurrence of any account. */
  key: string;
  accountId: string;
  calendarId: string;
  event: ListEvent;
  begin: Wall;
  end: Wall;
  /** Whether it lies over whole days, without a time. */
  isAllDay: boolean;
  /** Whether it stands in the lane above the hours: it is of whole days, or lasts one or more. */
  isLong: boolean;
  /** On the server's way: there is no other id for it yet. */
  isNew?: boolean;
}

/** Where an event is on the clocks of a zone. What is of whole days is of the same days everywhere. */
export function occurrenceOf(accountId: string, event: ListEvent, zone: string): Occurrence {
  const isAllDay = event.showWithoutTime === true;
  const { begin, end } = timesOf(event, isAllDay ? (event.timeZone ?? zone) : zone);
  return {
    key: keyOf(accountId, event.id),
    accountId,
    calendarId: Object.keys(event.calendarIds)[0] ?? "",
    event,
    begin,
    end: isAllDay ? Math.max(end, begin + dayLength) : end,
    isAllDay,
    isLong: isAllDay || end - begin >= dayLength,
  };
}

export function keyOf(accountId: string, eventId: string): string {
  return `${accountId}.${eventId}`;
}

/** Begin and end on the clocks of a zone: days of the duration are days of the event's own clock, hours are exact (RFC 8984 §1.4.6). */
export function timesOf(
  { start, duration, timeZone }: Pick<CalendarEvent, "start" | "duration" | "timeZone">,
  zone: string,
): { begin: Wall; end: Wall } {
  const own = timeZone ?? zone;
  const { days, ms } = readDuration(duration);
  const wall = readWall(start);
  const begin = moved(wall, own, zone);
  if (ms === 0) return { begin, end: moved(wall + days * dayLength, own, zone) };
  return { begin, end: wallAt(momentOf(wall + days * dayLength, own) + ms, zone) };
}

/**
 * The duration from a begin to an end on the clock of a zone: whole days for events of whole days, and exact time for the
 * others, so that 1:00 to 5:00 is three hours when the clocks go forward.
 */
export function durationOf(begin: Wall, end: Wall, zone: string | null, isAllDay: boolean): string {
  if (isAllDay) return writeDuration({ days: Math.max(1, Math.round((end - begin) / dayLength)), ms: 0 });
  const ms = zone === null ? end - begin : momentOf(end, zone) - momentOf(begin, zone);
  return writeDuration({ days: 0, ms: Math.max(0, ms) });
}
