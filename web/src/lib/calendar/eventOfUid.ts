import { ref, request, result } from "../jmap";
import type { CalendarEvent, EventFilter, JSEvent } from "../jmap/calendars";
import type { GetResponse } from "../jmap/types";
import { addDays } from "./time";

/**
 * The event of a calendar that another, from elsewhere, is about: the same by its uid, and where it is about one occurrence,
 * that one. Null where the account has none.
 */
export async function eventOfUid(accountId: string, about: JSEvent): Promise<CalendarEvent | null> {
  const { uid, recurrenceId, start } = about;
  if (!uid) return null;
  const found = await find(accountId, { uid });
  const whole = found.find((event) => !event.recurrenceId) ?? null;
  if (!recurrenceId) return whole ?? found[0] ?? null;
  const days = [recurrenceId, start].map((time) => time.slice(0, 10)).toSorted();
  const filter = {
    uid,
    after: `${addDays(days[0] ?? "", -1)}T00:00:00`,
    before: `${addDays(days[1] ?? "", 2)}T00:00:00`,
  };
  const instances = await find(accountId, filter, { expandRecurrences: true, timeZone: whole?.timeZone ?? "Etc/UTC" });
  return [...instances, ...found].find((event) => event.recurrenceId === recurrenceId) ?? null;
}

async function find(
  accountId: string,
  filter: EventFilter,
  more: Record<string, unknown> = {},
): Promise<CalendarEvent[]> {
  const answers = await request([
    ["CalendarEvent/query", { accountId, filter, ...more }, "q"],
    ["CalendarEvent/get", { accountId, "#ids": ref("q", "CalendarEvent/query", "/ids") }, "e"],
  ]);
  return result<GetResponse<CalendarEvent>>(answers, "e").list;
}
