import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { calendarKeys } from "../../../lib/calendar/keys";
import { addDays, type Day, minute, readWall, startOfWeek } from "../../../lib/calendar/time";
import { momentOf, wallAt } from "../../../lib/calendar/zones";
import type { JSEvent } from "../../../lib/jmap/calendars";
import { availabilityGet } from "../api/availabilityGet";
import { overlaps, type Span, without } from "./freeTime";

export interface Busy extends Span {
  kind: "confirmed" | "tentative" | "unavailable";
}

export type Standing = "free" | "busy" | "unknown" | "pending";

/** What is known of the time of somebody: null where nothing is. */
export interface PersonTimes {
  address: string;
  busy: Busy[] | null;
  isPending: boolean;
}

/** An event that is there already, at a time at which those invited are busy with it. */
interface Saved {
  event: JSEvent;
  span: Span;
  people: ReadonlySet<string>;
}

/** How far one looks for a time that is free for all. */
const weeks = 3;

/** The days that are asked for around a day: its week and those that follow. */
export function askedFor(day: Day): Span {
  const monday = startOfWeek(day);
  return { begin: readWall(monday), end: readWall(addDays(monday, weeks * 7)) };
}

/** The busy times of people around a day, on the clock of a zone; the event that is being edited is in nobody's way. */
export function useAvailability(
  addresses: readonly string[],
  day: Day,
  zone: string,
  saved: Saved | null,
): PersonTimes[] {
  const { begin, end } = askedFor(day);
  const answers = useQueries({
    queries: addresses.map((address) => ({
      queryKey: calendarKeys.availability(address, begin, zone),
      queryFn: () => availabilityGet(address, momentOf(begin, zone), momentOf(end, zone)),
      staleTime: minute,
    })),
  });
  const version = answers.map(({ dataUpdatedAt, status }) => `${dataUpdatedAt}${status}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answers are told by when they came
  return useMemo(
    () =>
      addresses.map((address, at): PersonTimes => {
        const { data, isPending = true } = answers[at] ?? {};
        if (!data) return { address, busy: null, isPending };
        const spans = data
          .filter(({ event }) => !saved || event?.uid === undefined || event.uid !== saved.event.uid)
          .map(
            ({ utcStart, utcEnd, busyStatus }): Busy => ({
              begin: wallAt(Date.parse(utcStart), zone),
              end: wallAt(Date.parse(utcEnd), zone),
              kind: busyStatus ?? "unavailable",
            }),
          );
        const isInvited = saved?.people.has(address.toLowerCase()) ?? false;
        return { address, busy: isInvited && saved ? without(spans, saved.span) : spans, isPending: false };
      }),
    [version, addresses, zone, saved],
  );
}

/** Whether somebody is free at a time. */
export function standingAt({ busy, isPending }: PersonTimes, span: Span): Standing {
  if (isPending) return "pending";
  if (busy === null) return "unknown";
  return busy.some((each) => overlaps(each, span)) ? "busy" : "free";
}
