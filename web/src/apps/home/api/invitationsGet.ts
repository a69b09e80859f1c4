import { addDays } from "../../../lib/calendar/time";
import { ref, request, result } from "../../../lib/jmap";
import type { CalendarEvent } from "../../../lib/jmap/calendars";
import type { GetResponse, Invocation } from "../../../lib/jmap/types";
import { askedAgain } from "../state/agenda";

/** As many occurrences with an answer of their own as one round trip finds. */
const mostOccurrences = 6;

/**
 * Events yet to be that an address is invited to, series whole, and after them the occurrences of which one is asked by
 * themselves: whoever asks looks which are not answered.
 */
export async function invitationsGet(
  accountId: string,
  address: string,
  after: string,
  before: string,
): Promise<CalendarEvent[]> {
  const answers = await request([
    [
      "CalendarEvent/query",
      { accountId, filter: { attendee: address, after, before }, sort: [{ property: "start" }], limit: 200 },
      "q",
    ],
    ["CalendarEvent/get", { accountId, "#ids": ref("q", "CalendarEvent/query", "/ids") }, "e"],
  ]);
  const events = result<GetResponse<CalendarEvent>>(answers, "e").list;
  const asked = events
    .flatMap((event) => askedAgain(event, address, after, before).map((one) => ({ event, ...one })))
    .toSorted((a, b) => a.start.localeCompare(b.start))
    .slice(0, mostOccurrences);
  if (asked.length === 0) return events;
  const calls = asked.flatMap(({ event, start }, at): Invocation[] => {
    const day = start.slice(0, 10);
    const filter = {
      uid: event.uid,
      after: `${addDays(day, -1)}T00:00:00`,
      before: `${addDays(day, 2)}T00:00:00`,
    };
    const timeZone = event.timeZone ?? "Etc/UTC";
    return [
      ["CalendarEvent/query", { accountId, filter, expandRecurrences: true, timeZone }, `q${at}`],
      ["CalendarEvent/get", { accountId, "#ids": ref(`q${at}`, "CalendarEvent/query", "/ids") }, `e${at}`],
    ];
  });
  const found = await request(calls);
  const occurrences = asked.flatMap(({ recurrenceId }, at) =>
    result<GetResponse<CalendarEvent>>(found, `e${at}`).list.filter((one) => one.recurrenceId === recurrenceId),
  );
  return [...events, ...occurrences].toSorted((a, b) => a.start.localeCompare(b.start));
}
