import type { ListEvent } from "../../../lib/calendar/eventGet";
import { type Occurrence, occurrenceOf } from "../../../lib/calendar/occurrence";
import { addressOf, invitedAs } from "../../../lib/calendar/people";
import { addDays, type Day, hour, minute, readWall, type Wall } from "../../../lib/calendar/time";
import type { CalendarEvent, Participant, ParticipantIdentity } from "../../../lib/jmap/calendars";

/** What one day holds: what is of the whole day, then the rest by when it begins. */
export function agendaOf(occurrences: readonly Occurrence[], day: Day): Occurrence[] {
  const begin = readWall(day);
  const end = readWall(addDays(day, 1));
  return occurrences
    .filter((one) => one.begin < end && (one.end > begin || one.begin >= begin))
    .toSorted(
      (a, b) => Number(b.isLong) - Number(a.isLong) || a.begin - b.begin || b.end - b.begin - (a.end - a.begin),
    );
}

/** Whether somebody goes there: what is cancelled or was declined is none of their day. */
export function takesPlace(event: ListEvent, identities: readonly ParticipantIdentity[]): boolean {
  const id = invitedAs(event, identities);
  return event.status !== "cancelled" && !(id && event.participants?.[id]?.participationStatus === "declined");
}

export type Moment = "past" | "now" | "next" | "later";

/** As far ahead as something is next. */
const soon = 12 * hour;

/** What goes on now, and what comes next: everything that begins at the same time. */
export function momentOf(one: Occurrence, all: readonly Occurrence[], now: Wall): Moment {
  if (one.isLong) return "later";
  if (one.end <= now && one.begin < now) return "past";
  if (one.begin <= now) return "now";
  const next = Math.min(...all.filter(({ begin, isLong }) => !isLong && begin > now).map(({ begin }) => begin));
  return one.begin === next && next - now <= soon ? "next" : "later";
}

/** From a quarter of an hour before on, one may go in. */
export function mayJoin({ begin, end }: Occurrence, now: Wall): boolean {
  return now >= begin - 15 * minute && now < end;
}

/** Invitations that wait for an answer, the first to come first; of a series, once. */
export function unanswered<T extends ListEvent>(events: readonly T[], identities: readonly ParticipantIdentity[]): T[] {
  return events.filter((event) => {
    const id = invitedAs(event, identities);
    const status = id === null ? undefined : (event.participants?.[id]?.participationStatus ?? "needs-action");
    return status === "needs-action" && event.status !== "cancelled";
  });
}

/** An occurrence by its place in a series, and when it begins. */
export interface AskedAgain {
  recurrenceId: string;
  start: string;
}

/**
 * The occurrences of a series that wait for an answer of their own although the series has one: they were moved, or the answer
 * was taken back.
 */
export function askedAgain(event: CalendarEvent, address: string, from: string, to: string): AskedAgain[] {
  const own = Object.entries(event.participants ?? {}).find(
    ([, person]) => addressOf(person).toLowerCase() === address.toLowerCase(),
  );
  if (!own || (own[1].participationStatus ?? "needs-action") === "needs-action") return [];
  const path = `participants/${own[0].replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return Object.entries(event.recurrenceOverrides ?? {}).flatMap(([recurrenceId, patch]) => {
    const person = patch[path] as Participant | undefined;
    const status = patch[`${path}/participationStatus`] ?? person?.participationStatus;
    const start = typeof patch["start"] === "string" ? patch["start"] : recurrenceId;
    const isWaiting = status === "needs-action" && patch["excluded"] !== true && patch["status"] !== "cancelled";
    return isWaiting && start >= from && start < to ? [{ recurrenceId, start }] : [];
  });
}

/** Which greeting fits the hour. */
export function greetingAt(now: Wall): "morning" | "afternoon" | "evening" {
  const hours = new Date(now).getUTCHours();
  if (hours < 5 || hours >= 18) return "evening";
  return hours < 12 ? "morning" : "afternoon";
}

export function occurrencesOf(accountId: string, events: readonly ListEvent[], zone: string): Occurrence[] {
  return events.map((event) => occurrenceOf(accountId, event, zone));
}
