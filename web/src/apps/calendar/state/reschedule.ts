import type { ListEvent } from "../../../lib/calendar/eventGet";
import { durationOf, type Occurrence } from "../../../lib/calendar/occurrence";
import { dayOf, type Wall, writeWall } from "../../../lib/calendar/time";
import { moved } from "../../../lib/calendar/zones";

/** Where an occurrence is dragged to, on the clock of the view. */
export interface Times {
  begin: Wall;
  end: Wall;
  isAllDay: boolean;
}

/** The event at other times, in its own zone; its duration stays in the words it has where only its begin moves. */
export function rescheduled(occurrence: Occurrence, to: Times, zone: string): ListEvent {
  const { event } = occurrence;
  if (to.isAllDay)
    return {
      ...event,
      start: `${dayOf(to.begin)}T00:00:00`,
      duration: durationOf(to.begin, to.end, null, true),
      ...(!occurrence.isAllDay && { showWithoutTime: true, timeZone: null }),
    };
  const own = occurrence.isAllDay ? zone : event.timeZone;
  const toOwn = (wall: Wall) => (own ? moved(wall, zone, own) : wall);
  const start = writeWall(toOwn(to.begin));
  const isSameLength = !occurrence.isAllDay && to.end - to.begin === occurrence.end - occurrence.begin;
  const duration = isSameLength ? event.duration : durationOf(toOwn(to.begin), toOwn(to.end), own ?? null, false);
  return {
    ...event,
    start,
    duration,
    ...(occurrence.isAllDay && { showWithoutTime: false, timeZone: zone }),
  };
}

/** Whether there is anything to change. */
export function isSame(occurrence: Occurrence, to: Times): boolean {
  return occurrence.begin === to.begin && occurrence.end === to.end && occurrence.isAllDay === to.isAllDay;
}
