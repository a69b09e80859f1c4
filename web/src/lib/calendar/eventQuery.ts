import { call, JmapError, ref, request, result } from "../jmap";
import type { EventFilter } from "../jmap/calendars";
import type { GetResponse, QueryResponse } from "../jmap/types";
import { eventGet, type ListEvent, listProperties } from "./eventGet";

const step = 5000;
const sort = [{ property: "start" }];

/**
 * Every occurrence between two times on the clocks of a zone, each with an id of its own: the server expands series. One
 * round trip, unless there are more than it gives at once.
 */
export async function occurrences(accountId: string, filter: EventFilter, timeZone: string): Promise<ListEvent[]> {
  const query = { accountId, filter, sort, expandRecurrences: true, timeZone };
  const properties = listProperties;
  const answers = await request([
    ["CalendarEvent/query", query, "q"],
    ["CalendarEvent/get", { accountId, "#ids": ref("q", "CalendarEvent/query", "/ids"), properties }, "e"],
  ]);
  const { ids, limit } = result<QueryResponse>(answers, "q");
  try {
    if (limit === undefined || ids.length < limit) return result<GetResponse<ListEvent>>(answers, "e").list;
  } catch (error) {
    if (!(error instanceof JmapError) || error.type !== "requestTooLarge") throw error;
  }
  return eventGet<ListEvent>(accountId, await occurrenceIds(accountId, filter, timeZone), properties);
}

/** The ids of all of them. */
export async function occurrenceIds(accountId: string, filter: EventFilter, timeZone: string): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = await call<QueryResponse>("CalendarEvent/query", {
      accountId,
      filter,
      sort,
      expandRecurrences: true,
      timeZone,
      position: ids.length,
      limit: step,
    });
    ids.push(...page.ids);
    if (page.ids.length === 0 || page.ids.length < Math.min(step, page.limit ?? step)) return ids;
  }
}
