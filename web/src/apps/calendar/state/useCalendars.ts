import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { calendarsQuery } from "../../../lib/calendar/events";
import type { Calendar } from "../../../lib/jmap/calendars";
import { calendarColours } from "../../../ui";
import type { CalendarAccount } from "./useAccounts";

/** A calendar where it is listed, with the colour it is shown in. */
export interface CalendarEntry {
  account: CalendarAccount;
  calendar: Calendar;
  colour: string;
  /** Whether events may be made, changed and taken out. */
  mayWrite: boolean;
}

export interface CalendarList {
  entries: CalendarEntry[];
  of(accountId: string, calendarId: string): CalendarEntry | undefined;
  isPending: boolean;
  error: unknown;
}

/** Every calendar of these accounts, in order. */
export function useCalendars(accounts: readonly CalendarAccount[]): CalendarList {
  const answers = useQueries({ queries: accounts.map(({ id }) => calendarsQuery(id)) });
  const version = answers.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answers are told by when they came
  const entries = useMemo(() => {
    // A colour that nobody chose is one that no other calendar has, as long as there are such.
    const taken = new Set(answers.flatMap(({ data }) => data?.map(({ color }) => color?.toLowerCase()) ?? []));
    const free = calendarColours.filter((colour) => !taken.has(colour));
    let at = 0;
    return accounts.flatMap((account, index) =>
      (answers[index]?.data ?? [])
        .filter(({ myRights }) => myRights.mayReadItems)
        .map((calendar): CalendarEntry => {
          const { myRights, color } = calendar;
          const colour = color ?? free[at++ % free.length] ?? calendarColours[0] ?? "currentColor";
          const mayWrite = !account.isReadOnly && (myRights.mayWriteAll || myRights.mayWriteOwn);
          return { account, calendar, colour, mayWrite };
        }),
    );
  }, [version, accounts]);
  const byKey = useMemo(
    () => new Map(entries.map((entry) => [`${entry.account.id}.${entry.calendar.id}`, entry])),
    [entries],
  );
  return useMemo(
    () => ({
      entries,
      of: (accountId: string, calendarId: string) => byKey.get(`${accountId}.${calendarId}`),
      isPending: answers.some(({ isPending }) => isPending),
      error: answers.find(({ error, data }) => error && !data)?.error ?? null,
    }),
    [entries, byKey, answers],
  );
}
