import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ListEvent } from "../../../lib/calendar/eventGet";
import { monthQuery, monthsOf } from "../../../lib/calendar/events";
import { type Occurrence, occurrenceOf } from "../../../lib/calendar/occurrence";
import { type Day, dayLength, wallOf } from "../../../lib/calendar/time";
import type { CalendarAccount } from "../../../lib/calendar/useAccounts";
import { shadowed, useShadows } from "./shadows";

/** What there is between two days, both included, in the calendars of some accounts, in order. */
export function useOccurrences(
  accounts: readonly CalendarAccount[],
  from: Day,
  to: Day,
  zone: string,
): { all: Occurrence[]; isPending: boolean; error: unknown; refetch(): void } {
  const months = useMemo(() => monthsOf(from, to), [from, to]);
  const asked = accounts.flatMap(({ id }) => months.map((month) => ({ id, month })));
  const answers = useQueries({ queries: asked.map(({ id, month }) => monthQuery(id, month, zone)) });
  const shadows = useShadows();
  const version = answers.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answers are told by when they came
  const all = useMemo(() => {
    const [open, close] = [wallOf(from), wallOf(to) + dayLength];
    const found: Occurrence[] = [];
    for (const { id } of accounts) {
      const events = new Map<string, ListEvent>();
      for (const [at, each] of asked.entries())
        if (each.id === id) for (const event of answers[at]?.data ?? []) events.set(event.id, event);
      for (const event of shadowed(id, [...events.values()], shadows)) {
        const occurrence = occurrenceOf(id, event, zone);
        if (occurrence.begin < close && Math.max(occurrence.end, occurrence.begin + 1) > open) found.push(occurrence);
      }
    }
    return found.toSorted(inOrder);
  }, [version, shadows, accounts, from, to, zone]);
  const failed = answers.find(({ error, data }) => error && !data);
  return {
    all,
    isPending: answers.some(({ isPending }) => isPending),
    error: failed?.error ?? null,
    refetch: () => {
      for (const answer of answers) if (answer.error) void answer.refetch();
    },
  };
}

export function inOrder(a: Occurrence, b: Occurrence): number {
  return a.begin - b.begin || Number(b.isAllDay) - Number(a.isAllDay) || b.end - a.end || a.key.localeCompare(b.key);
}
