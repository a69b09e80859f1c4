import { request, result, session } from "../jmap";
import type { CalendarEvent } from "../jmap/calendars";
import type { GetResponse, Invocation } from "../jmap/types";

/** What views need to know of an event. */
export const listProperties = [
  "id",
  "baseEventId",
  "calendarIds",
  "uid",
  "title",
  "start",
  "duration",
  "timeZone",
  "showWithoutTime",
  "status",
  "freeBusyStatus",
  "privacy",
  "color",
  "locations",
  "virtualLocations",
  "participants",
  "organizerCalendarAddress",
  "recurrenceId",
] as const;

/** An event as views have it. */
export type ListEvent = Pick<CalendarEvent, (typeof listProperties)[number]>;

/** Events by id, in as many calls as the server's limits ask; those that are gone are left out. */
export async function eventGet<T extends ListEvent = CalendarEvent>(
  accountId: string,
  ids: string[],
  properties?: readonly string[],
): Promise<T[]> {
  const { maxObjectsInGet } = (await session()).capabilities["urn:ietf:params:jmap:core"];
  const events: T[] = [];
  for (let at = 0; at < ids.length; at += maxObjectsInGet) {
    const part = ids.slice(at, at + maxObjectsInGet);
    const calls: Invocation[] = [
      ["CalendarEvent/get", { accountId, ids: part, ...(properties && { properties }) }, "g"],
    ];
    events.push(...result<GetResponse<T>>(await request(calls), "g").list);
  }
  return events;
}
