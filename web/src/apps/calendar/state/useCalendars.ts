import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { coloursOf } from "../../../lib/calendar/colours";
import { calendarsQuery } from "../../../lib/calendar/events";
import type { CalendarAccount } from "../../../lib/calendar/useAccounts";
import type { Calendar } from "../../../lib/jmap/calendars";
import { calendarColours } from "../../../ui";

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
  const { t } = useTranslation("calendar");
  const version = answers.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answers are told by when they came
  const entries = useMemo(() => {
    const colourOf = coloursOf(
      answers.flatMap(({ data }) => data ?? []),
      calendarColours,
    );
    return accounts.flatMap((account, index) =>
      (answers[index]?.data ?? [])
        .filter(({ myRights }) => myRights.mayReadItems)
        .map((calendar): CalendarEntry => {
          const { myRights } = calendar;
          const mayWrite = !account.isReadOnly && (myRights.mayWriteAll || myRights.mayWriteOwn);
          // The name that the server gives to the first one is nobody's choice: it is said in the person's language.
          const isUnnamed = calendar.isDefault && calendar.name === "Calendar";
          const named = isUnnamed ? { ...calendar, name: t("calendars.standard") } : calendar;
          return { account, calendar: named, colour: colourOf(calendar), mayWrite };
        }),
    );
  }, [version, accounts, t]);
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
