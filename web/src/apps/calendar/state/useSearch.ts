import { useQueries } from "@tanstack/react-query";
import { occurrences } from "../../../lib/calendar/eventQuery";
import { calendarKeys } from "../../../lib/calendar/keys";
import { type Occurrence, occurrenceOf } from "../../../lib/calendar/occurrence";
import { addDays, type Day } from "../../../lib/calendar/time";
import type { CalendarAccount } from "../../../lib/calendar/useAccounts";
import { inOrder } from "./useOccurrences";

/** How far a search looks: no more than the server expands at once. */
const daysBack = 365;
const daysOn = 365;

export function searchedDays(today: Day): { from: Day; to: Day } {
  return { from: addDays(today, -daysBack), to: addDays(today, daysOn) };
}

/** What a search finds in a year back and a year on, in order. */
export function useSearch(
  accounts: readonly CalendarAccount[],
  text: string | null,
  today: Day,
  zone: string,
): { found: Occurrence[]; isPending: boolean; error: unknown } {
  const wanted = text?.trim() ?? "";
  const { from, to } = searchedDays(today);
  const answers = useQueries({
    queries: accounts.map(({ id }) => ({
      queryKey: calendarKeys.search(id, wanted),
      queryFn: () =>
        occurrences(id, { text: wanted, after: `${from}T00:00:00`, before: `${addDays(to, 1)}T00:00:00` }, zone),
      enabled: wanted !== "",
    })),
  });
  const found = accounts.flatMap(({ id }, at) =>
    (answers[at]?.data ?? []).map((event) => occurrenceOf(id, event, zone)),
  );
  return {
    found: found.toSorted(inOrder),
    isPending: wanted !== "" && answers.some(({ isPending }) => isPending),
    error: answers.find(({ error, data }) => error && !data)?.error ?? null,
  };
}
