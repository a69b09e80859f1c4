import { durationOf, timesOf } from "../../../lib/calendar/occurrence";
import { mainLocation } from "../../../lib/calendar/places";
import { followStart } from "../../../lib/calendar/rule";
import { dayLength, dayOf, hour, readWall, type Wall, writeWall } from "../../../lib/calendar/time";
import type { CalendarEvent, JSEvent } from "../../../lib/jmap/calendars";

/** The form writes on a copy of the event itself: what it does not show stays as it is. */

/** A key for a new entry of a map, unlike those that are there. */
export function newKey(map: object | undefined, prefix: string): string {
  for (let at = 1; ; at++) if (!map || !(`${prefix}${at}` in map)) return `${prefix}${at}`;
}

/** Begin and end on the event's own clock. The end of whole days is the midnight after the last. */
export function ownTimes(event: JSEvent, floating: string): { begin: Wall; end: Wall } {
  const { begin, end } = timesOf(event, event.timeZone ?? floating);
  return { begin, end: event.showWithoutTime ? Math.max(end, begin + dayLength) : end };
}

/** The event at other times of its own clock. A rule that names the day of the begin goes along with it. */
export function withTimes<T extends JSEvent>(event: T, begin: Wall, end: Wall, floating: string): T {
  const isAllDay = event.showWithoutTime === true;
  const zone = isAllDay ? null : (event.timeZone ?? floating);
  const start = writeWall(begin);
  const before = ownTimes(event, floating);
  const isSameLength = end - begin === before.end - before.begin && event.duration !== undefined;
  const next: T = { ...event, start, duration: isSameLength ? event.duration : durationOf(begin, end, zone, isAllDay) };
  if (event.recurrenceRule)
    next.recurrenceRule = followStart(event.recurrenceRule, event.start.slice(0, 10), start.slice(0, 10));
  return next;
}

/** To whole days and back; back, it is at the hour it had. */
export function withAllDay<T extends JSEvent>(event: T, isAllDay: boolean, original: JSEvent, zone: string): T {
  const { begin, end } = ownTimes(event, zone);
  if (isAllDay) {
    const first = readWall(dayOf(begin));
    const last = readWall(dayOf(Math.max(begin, end - 1)));
    return {
      ...event,
      showWithoutTime: true,
      timeZone: null,
      start: writeWall(first),
      duration: durationOf(first, last + dayLength, null, true),
    };
  }
  const hadTime = original.showWithoutTime !== true;
  const from =
    readWall(dayOf(begin)) + (hadTime ? readWall(original.start) - readWall(original.start.slice(0, 10)) : 9 * hour);
  const length = hadTime ? original.duration : "PT1H";
  const { showWithoutTime: _, ...rest } = event;
  return {
    ...rest,
    ...(original.showWithoutTime !== undefined && { showWithoutTime: false }),
    timeZone: hadTime ? original.timeZone : zone,
    start: writeWall(from),
    duration: length,
  } as T;
}

/** The name of the main location; emptied, a location that says nothing else is gone. */
export function withLocation<T extends JSEvent>(event: T, name: string): T {
  const [id = "l1", main] = mainLocation(event) ?? [];
  const { [id]: _, ...others } = event.locations ?? {};
  const keepsMore = main && Object.keys(main).some((key) => key !== "name" && key !== "@type");
  if (!name && !keepsMore) return { ...event, locations: others };
  return { ...event, locations: { ...event.locations, [id]: { "@type": "Location", ...main, name } } };
}

/** The address of the meeting; the first, where there are several. */
export function withVideo<T extends JSEvent>(event: T, uri: string): T {
  const [id = "m1", first] = Object.entries(event.virtualLocations ?? {})[0] ?? [];
  const { [id]: _, ...others } = event.virtualLocations ?? {};
  if (!uri) return { ...event, virtualLocations: others };
  return {
    ...event,
    virtualLocations: { ...event.virtualLocations, [id]: { "@type": "VirtualLocation", ...first, uri } },
  };
}

/** An event of a form, without what was left empty. */
export function cleaned(event: CalendarEvent): CalendarEvent {
  const copy = { ...event };
  for (const name of ["locations", "virtualLocations", "participants", "links", "alerts"] as const)
    if (copy[name] && Object.keys(copy[name]).length === 0) delete copy[name];
  if (copy.title !== undefined) copy.title = copy.title.trim();
  if (copy.timeZone === null) delete copy.timeZone;
  return copy;
}
