import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { CalendarEvent } from "../jmap/calendars";
import { calendarGet } from "./calendarGet";
import { eventGet, type ListEvent } from "./eventGet";
import { occurrences } from "./eventQuery";
import { identityGet } from "./identityGet";
import { calendarKeys } from "./keys";
import { addMonths, type Day, startOfMonth } from "./time";

export function calendarsQuery(accountId: string) {
  return queryOptions({
    queryKey: calendarKeys.calendars(accountId),
    queryFn: () => calendarGet(accountId),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function identitiesQuery(accountId: string) {
  return queryOptions({
    queryKey: calendarKeys.identities(accountId),
    queryFn: () => identityGet(accountId),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The occurrences of a month, by its first day: every view is made of months, and so the way back is already there. */
export function monthQuery(accountId: string, month: Day, zone: string) {
  return queryOptions({
    queryKey: calendarKeys.month(accountId, month, zone),
    queryFn: () =>
      occurrences(accountId, { after: `${month}T00:00:00`, before: `${addMonths(month, 1)}T00:00:00` }, zone),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** An event or instance with all that there is of it. */
export function eventQueryOptions(accountId: string, id: string) {
  return queryOptions({
    queryKey: calendarKeys.event(accountId, id),
    queryFn: async () => (await eventGet<CalendarEvent>(accountId, [id]))[0] ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The months that days from one to another, both included, are of. */
export function monthsOf(from: Day, to: Day): Day[] {
  const months: Day[] = [];
  for (let month = startOfMonth(from); month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** What is known of the occurrences of an account, in whatever view. */
export function knownEvents(client: QueryClient, accountId: string): ListEvent[] {
  const months = client.getQueriesData<ListEvent[]>({ queryKey: [...calendarKeys.events(accountId), "month"] });
  const found = new Map<string, ListEvent>();
  for (const [, events] of months) for (const event of events ?? []) found.set(event.id, event);
  return [...found.values()];
}

/** Asks again for what is shown of an account, and for the rest when it is shown. */
export async function followEvents(client: QueryClient, accountId: string): Promise<void> {
  await client.invalidateQueries({ queryKey: calendarKeys.events(accountId) });
}
