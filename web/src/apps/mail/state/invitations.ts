import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { t } from "../../../i18n";
import { eventOfUid } from "../../../lib/calendar/eventOfUid";
import { eventParse, type ParsedEvent } from "../../../lib/calendar/eventParse";
import { occurrences } from "../../../lib/calendar/eventQuery";
import { type EventPatch, type EventWrites, eventSet, type NewEvent } from "../../../lib/calendar/eventSet";
import { calendarsQuery, followEvents, identitiesQuery } from "../../../lib/calendar/events";
import { ChangeRefused, explain } from "../../../lib/calendar/explain";
import { calendarKeys } from "../../../lib/calendar/keys";
import { timesOf } from "../../../lib/calendar/occurrence";
import { answered, answerPatch, invitedAs } from "../../../lib/calendar/people";
import { startCalendarPush } from "../../../lib/calendar/push";
import { type Wall, writeWall } from "../../../lib/calendar/time";
import { homeZone } from "../../../lib/calendar/zones";
import type { CalendarEvent, JSEvent, Participant } from "../../../lib/jmap/calendars";
import { failed } from "../../../ui";

startCalendarPush();

/** What the message says, and what the calendar has of it. Undefined while it is asked for. */
export function useInvitation(mailAccount: string, accountId: string, blobId: string) {
  const { data: events, error } = useQuery({
    queryKey: calendarKeys.parsed(mailAccount, blobId),
    queryFn: () => eventParse(mailAccount, blobId),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const parsed = events?.[0];
  const { data: live } = useQuery({
    queryKey: calendarKeys.uid(accountId, parsed?.uid ?? "", parsed?.recurrenceId ?? ""),
    queryFn: () => (parsed ? eventOfUid(accountId, parsed) : null),
    enabled: parsed !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { data: identities } = useQuery(identitiesQuery(accountId));
  return { events, parsed, live, identities, isUnreadable: error !== null || events?.length === 0 };
}

/** What else one has at the time of an event, and where the event itself stands in the calendar. */
export function useMeanwhile(accountId: string, event: JSEvent | undefined) {
  const times = event && !event.showWithoutTime ? timesOf(event, homeZone) : null;
  const [from, to] = times ? [times.begin, Math.max(times.end, times.begin + 1000)].map(writeWall) : ["", ""];
  const { data } = useQuery({
    queryKey: calendarKeys.between(accountId, from ?? "", to ?? ""),
    queryFn: () => occurrences(accountId, { after: from ?? "", before: to ?? "" }, homeZone),
    enabled: times !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { data: identities } = useQuery(identitiesQuery(accountId));
  return useMemo(() => {
    if (!data) return null;
    const isInTheWay = (other: JSEvent) => {
      const id = invitedAs(other, identities ?? []);
      const isDeclined = id !== null && other.participants?.[id]?.participationStatus === "declined";
      return other.freeBusyStatus !== "free" && other.status !== "cancelled" && !isDeclined;
    };
    return {
      others: data.filter((other) => other.uid !== event?.uid && isInTheWay(other)),
      own: data.find((other) => other.uid === event?.uid) ?? null,
    };
  }, [data, identities, event?.uid]);
}

/** What a person does with an invitation: shown at once, taken back with a word where it is refused. */
export function useInvitationActions(accountId: string) {
  const client = useQueryClient();
  return useMemo(() => {
    const write = async (writes: EventWrites, live: CalendarEvent | null, after: CalendarEvent | null) => {
      const key = calendarKeys.uid(accountId, live?.uid ?? "", live?.recurrenceId ?? "");
      const shows = live && client.getQueryData(key) !== undefined;
      if (shows) client.setQueryData(key, after);
      try {
        const { refused, isUntold } = await eventSet(accountId, writes);
        if (refused.size > 0) throw new ChangeRefused(refused);
        if (isUntold) failed(t("calendar:did.untold"));
        await followEvents(client, accountId).catch(() => undefined);
        return true;
      } catch (error) {
        if (shows) client.setQueryData(key, live);
        failed(explain(error));
        return false;
      }
    };
    const update = (live: CalendarEvent, patch: EventPatch, after: CalendarEvent) =>
      write({ update: { [live.id]: patch }, sendSchedulingMessages: true }, live, after);

    return {
      answer: (
        live: CalendarEvent,
        id: string,
        status: NonNullable<Participant["participationStatus"]>,
        comment: string,
      ) => {
        const patch = answerPatch(live, id, status, comment);
        return update(live, patch, answered(live, id, status, comment));
      },
      /** To the time that somebody proposes. */
      take: (live: CalendarEvent, { start, duration, timeZone = null }: ParsedEvent) => {
        const patch: EventPatch = {
          start,
          ...(duration !== live.duration && { duration: duration ?? null }),
          ...(timeZone !== (live.timeZone ?? null) && { timeZone }),
        };
        return update(live, patch, { ...live, start, ...(duration && { duration }), timeZone });
      },
      /** Into the default calendar, as it came. */
      add: async (events: readonly ParsedEvent[]) => {
        const all = await client.ensureQueryData(calendarsQuery(accountId));
        const home = all.find(({ isDefault }) => isDefault) ?? all.find(({ myRights }) => myRights.mayWriteAll);
        if (!home) {
          failed(t("calendar:noCalendar.text"));
          return false;
        }
        const made = events.map(
          ({ method: _, ...event }) => ({ ...event, calendarIds: { [home.id]: true } }) as NewEvent,
        );
        return write({ create: Object.fromEntries(made.map((event, at) => [`e${at}`, event])) }, null, null);
      },
      remove: (live: CalendarEvent) => write({ destroy: [live.id] }, live, null),
    };
  }, [accountId, client]);
}

/** The address in the calendar of an event at a day. */
export function calendarPath(day: string, eventId: string, accountId: string, isOwn: boolean): string {
  return `/calendar/day/${day}/${encodeURIComponent(eventId)}${isOwn ? "" : `?account=${encodeURIComponent(accountId)}`}`;
}

/** Begin and end on the reader's own clock. */
export function shownTimes(event: JSEvent): { begin: Wall; end: Wall; isAllDay: boolean } {
  const isAllDay = event.showWithoutTime === true;
  return { ...timesOf(event, isAllDay ? (event.timeZone ?? homeZone) : homeZone), isAllDay };
}
