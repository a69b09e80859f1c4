import type { ListEvent } from "../../../lib/calendar/eventGet";
import { listProperties } from "../../../lib/calendar/eventGet";
import { addDays, type Day } from "../../../lib/calendar/time";
import { ref, request, result } from "../../../lib/jmap";
import type { GetResponse } from "../../../lib/jmap/types";

const most = 3;
const behind = 120;
const ahead = 180;

export interface Meetings {
  /** Those to come, the next first. */
  next: ListEvent[];
  /** Those that were, the last first. */
  last: ListEvent[];
}

/** What one has in the calendar with somebody, by any of their addresses, around a day. */
export async function meetingsGet(
  accountId: string,
  addresses: string[],
  today: Day,
  timeZone: string,
): Promise<Meetings> {
  const spans = [
    { name: "next", after: today, before: addDays(today, ahead), isAscending: true },
    { name: "last", after: addDays(today, -behind), before: today, isAscending: false },
  ] as const;
  const asked = addresses.slice(0, most).flatMap((attendee, at) =>
    spans.map(({ name, after, before, isAscending }) => ({
      id: `${name}${at}`,
      name,
      query: {
        accountId,
        filter: { attendee, after: `${after}T00:00:00`, before: `${before}T00:00:00` },
        sort: [{ property: "start", isAscending }],
        expandRecurrences: true,
        timeZone,
        limit: most,
      },
    })),
  );
  const answers = await request(
    asked.flatMap(({ id, query }) => [
      ["CalendarEvent/query", query, `q${id}`],
      [
        "CalendarEvent/get",
        { accountId, "#ids": ref(`q${id}`, "CalendarEvent/query", "/ids"), properties: listProperties },
        `e${id}`,
      ],
    ]),
  );
  const of = (wanted: string) => {
    const found = new Map<string, ListEvent>();
    for (const { id, name } of asked)
      if (name === wanted)
        for (const event of result<GetResponse<ListEvent>>(answers, `e${id}`).list)
          if (isWith(event, addresses)) found.set(event.id, event);
    return [...found.values()].toSorted((a, b) => a.start.localeCompare(b.start));
  };
  return { next: of("next").slice(0, most), last: of("last").toReversed().slice(0, most) };
}

/** Words find more than addresses. */
function isWith(event: ListEvent, addresses: string[]): boolean {
  const wanted = new Set(addresses.map((address) => `mailto:${address.toLowerCase()}`));
  return Object.values(event.participants ?? {}).some((one) => wanted.has(one.calendarAddress?.toLowerCase() ?? ""));
}
