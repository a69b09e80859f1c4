import type { NewEvent } from "../../../lib/calendar/eventSet";
import { durationOf } from "../../../lib/calendar/occurrence";
import { type Day, dayOf, hour, readWall, writeWall } from "../../../lib/calendar/time";
import { momentOf, wallAt } from "../../../lib/calendar/zones";
import type { Draft } from "./draft";
import type { CalendarEntry } from "./useCalendars";

/** The event that a draft becomes, in a calendar, on the clock of a zone. Without a draft, the next hour of a day. */
export function eventOfDraft(draft: Draft | null, home: CalendarEntry, zone: string, day: Day): NewEvent {
  const begin = draft?.begin ?? nextHour(day, zone);
  const end = draft?.end ?? begin + hour;
  const isAllDay = draft?.isAllDay ?? false;
  const defaults = isAllDay ? home.calendar.defaultAlertsWithoutTime : home.calendar.defaultAlertsWithTime;
  return {
    "@type": "Event",
    uid: crypto.randomUUID(),
    calendarIds: { [home.calendar.id]: true },
    title: draft?.title ?? "",
    start: writeWall(begin),
    duration: durationOf(begin, end, isAllDay ? null : zone, isAllDay),
    ...(isAllDay ? { showWithoutTime: true } : { timeZone: zone }),
    ...(isAllDay && { freeBusyStatus: "free" as const }),
    ...(defaults && Object.keys(defaults).length > 0 && { useDefaultAlerts: true }),
    ...draft?.more,
  };
}

function nextHour(day: Day, zone: string): number {
  const now = wallAt(Date.now(), zone);
  if (dayOf(now) !== day) return readWall(day) + 9 * hour;
  const next = Math.ceil((now + 1) / hour) * hour;
  return wallAt(momentOf(next, zone), zone);
}
