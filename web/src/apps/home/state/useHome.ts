import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { coloursOf } from "../../../lib/calendar/colours";
import { calendarsQuery, identitiesQuery, monthQuery } from "../../../lib/calendar/events";
import { calendarKeys } from "../../../lib/calendar/keys";
import type { Occurrence } from "../../../lib/calendar/occurrence";
import { addDays, type Day, startOfMonth } from "../../../lib/calendar/time";
import { useAccounts } from "../../../lib/calendar/useAccounts";
import { homeZone } from "../../../lib/calendar/zones";
import { useJmapSession, useStateChange } from "../../../lib/jmap";
import type { CalendarEvent } from "../../../lib/jmap/calendars";
import { calendarColours } from "../../../ui";
import { invitationsGet } from "../api/invitationsGet";
import { unreadGet } from "../api/unreadGet";
import { agendaOf, occurrencesOf, takesPlace, unanswered } from "./agenda";

const mostUnread = 6;
/** How far ahead invitations are looked for, in days. */
const ahead = 180;

const mail = "urn:ietf:params:jmap:mail";

export interface Coloured extends Occurrence {
  colour: string;
}

/** The events of today and tomorrow, in every calendar that is shown. Null while they are asked for. */
export function useAgenda(today: Day): { today: Coloured[]; tomorrow: Coloured[] } | null {
  const accounts = useAccounts();
  const tomorrow = addDays(today, 1);
  const months = [...new Set([startOfMonth(today), startOfMonth(tomorrow)])];
  const calendars = useQueries({ queries: accounts.map(({ id }) => calendarsQuery(id)) });
  const identities = useQueries({ queries: accounts.map(({ id }) => identitiesQuery(id)) });
  const events = useQueries({
    queries: accounts.flatMap(({ id }) => months.map((month) => monthQuery(id, month, homeZone))),
  });
  const answers = [...calendars, ...identities, ...events];
  const version = answers.map(({ dataUpdatedAt, status }) => `${dataUpdatedAt}${status}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answers are told by when they came
  return useMemo(() => {
    if (answers.some(({ isPending }) => isPending)) return null;
    const all = calendars.flatMap(({ data }) => data ?? []);
    const colourOf = coloursOf(all, calendarColours);
    const found = new Map<string, Coloured>();
    accounts.forEach(({ id }, at) => {
      const shown = new Map((calendars[at]?.data ?? []).filter((one) => one.isVisible).map((one) => [one.id, one]));
      const known = months.flatMap((_, month) => events[at * months.length + month]?.data ?? []);
      const going = known.filter((event) => takesPlace(event, identities[at]?.data ?? []));
      for (const one of occurrencesOf(id, going, homeZone)) {
        const calendar = shown.get(one.calendarId);
        if (calendar) found.set(one.key, { ...one, colour: one.event.color ?? colourOf(calendar) });
      }
    });
    const list = [...found.values()];
    return { today: agendaOf(list, today) as Coloured[], tomorrow: agendaOf(list, tomorrow) as Coloured[] };
  }, [version, accounts, today]);
}

export interface Waiting {
  accountId: string;
  event: CalendarEvent;
}

/** The invitations that wait for an answer. Null while they are asked for. */
export function useWaiting(today: Day): Waiting[] | null {
  const accountId = useAccounts().find(({ isPrimary }) => isPrimary)?.id ?? "";
  const { data: identities } = useQuery({ ...identitiesQuery(accountId), enabled: accountId !== "" });
  const address = identities?.[0]?.calendarAddress.replace(/^mailto:/i, "") ?? "";
  const { data } = useQuery({
    queryKey: calendarKeys.between(accountId, today, `invited ${address}`),
    queryFn: () => invitationsGet(accountId, address, `${today}T00:00:00`, `${addDays(today, ahead)}T00:00:00`),
    enabled: address !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(
    () => (data && identities ? unanswered(data, identities).map((event) => ({ accountId, event })) : null),
    [data, identities, accountId],
  );
}

function unreadKey(accountId: string) {
  return ["home", accountId, "unread"] as const;
}

/** What is unread in the inbox. */
export function useUnread() {
  const accountId = useJmapSession().primaryAccounts[mail] ?? "";
  return useQuery({
    queryKey: unreadKey(accountId),
    queryFn: () => unreadGet(accountId, mostUnread),
    enabled: accountId !== "",
    // Meanwhile it may have been read, in mail.
    refetchOnMount: "always",
  });
}

/** Keeps what is unread as the server has it. */
export function useUnreadPush(): void {
  const client = useQueryClient();
  useStateChange(["Email"], () => void client.invalidateQueries({ queryKey: ["home"] }));
}
