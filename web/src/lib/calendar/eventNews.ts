import type { CalendarEventNotification, JSEvent, LocalDateTime } from "../jmap/calendars";
import { timesOf } from "./occurrence";
import { addressOf } from "./people";
import { dayLength, type Wall } from "./time";

/** What a notification tells, in one word. */
export type EventNewsKind =
  | "invited"
  | "moved"
  | "changed"
  | "cancelled"
  | "removed"
  | "accepted"
  | "declined"
  | "tentative"
  | "delegated"
  | "answered";

export interface EventNews {
  kind: EventNewsKind;
  by: string;
  title: string;
  comment: string | null;
  begin: Wall;
  end: Wall;
  isAllDay: boolean;
}

interface Change {
  /** The occurrence it is of; null where it is of the whole event. */
  instance: LocalDateTime | null;
  path: readonly string[];
  value: unknown;
}

const answers: Record<string, EventNewsKind> = {
  accepted: "accepted",
  declined: "declined",
  tentative: "tentative",
  delegated: "delegated",
};

/** What a notification says to people: who did what, to which event, and when that is now, on the clocks of a zone. */
export function readEventNews(notification: CalendarEventNotification, zone: string): EventNews {
  const { event, changedBy } = notification;
  const changes = changesOf(notification.eventPatch ?? {});
  const kind = kindOf(notification, changes);
  const instance = changes.find((change) => isOf(change, kind))?.instance ?? null;
  const after = afterwards(event, changes, instance);
  const isAllDay = after.showWithoutTime === true;
  const { begin, end } = timesOf(after, isAllDay ? (after.timeZone ?? zone) : zone);
  return {
    kind,
    by: changedBy.name.trim() || changedBy.email || "",
    title: after.title?.trim() ?? "",
    comment: notification.comment?.trim() || null,
    begin,
    end: isAllDay ? Math.max(end, begin + dayLength) : end,
    isAllDay,
  };
}

function kindOf({ type, event, changedBy }: CalendarEventNotification, changes: readonly Change[]): EventNewsKind {
  if (type === "created") return "invited";
  if (type === "destroyed") return "removed";
  const isOrganizer = plain(changedBy.calendarAddress) === plain(event.organizerCalendarAddress);
  if (!isOrganizer) {
    const answer = changes.find((change) => isAnswer(change, event, plain(changedBy.calendarAddress)));
    return answers[String(answer?.value)] ?? "answered";
  }
  if (changes.some((change) => isOf(change, "cancelled"))) return "cancelled";
  return changes.some((change) => isOf(change, "moved")) ? "moved" : "changed";
}

const times = new Set(["start", "duration", "timeZone", "showWithoutTime", "recurrenceRule"]);

function isOf({ path: [first = ""], value }: Change, kind: EventNewsKind): boolean {
  switch (kind) {
    case "cancelled":
      return (first === "status" && value === "cancelled") || (first === "excluded" && value === true);
    case "moved":
      return times.has(first);
    case "changed":
      return true;
    default:
      return first === "participants";
  }
}

/** Whether it is how somebody answers: their own status, and not that of others which came with it. */
function isAnswer({ path, value }: Change, event: JSEvent, address: string): boolean {
  const [first, id = "", last] = path;
  if (first !== "participants" || last !== "participationStatus" || typeof value !== "string") return false;
  const person = event.participants?.[id];
  return person === undefined || addressOf(person).toLowerCase() === address;
}

/** What a patch says, each change by its path: those of an occurrence among the others, and what is set whole by its parts. */
function changesOf(patch: Record<string, unknown>): Change[] {
  const changes: Change[] = [];
  const add = (instance: LocalDateTime | null, path: readonly string[], value: unknown) => {
    if (path[0] === "recurrenceOverrides" && instance === null) {
      const [, occurrence, ...rest] = path;
      if (occurrence === undefined)
        for (const [key, one] of entries(value)) add(null, ["recurrenceOverrides", key], one);
      else if (rest.length > 0) add(occurrence, rest.flatMap(split), value);
      else for (const [key, one] of entries(value)) add(occurrence, split(key), one);
      return;
    }
    if (path[0] === "participants" && path.length < 3 && value !== null) {
      for (const [key, one] of entries(value)) add(instance, [...path, key], one);
      return;
    }
    changes.push({ instance, path, value });
  };
  for (const [pointer, value] of Object.entries(patch)) add(null, split(pointer), value);
  return changes;
}

/** The event as it is after the change, or the occurrence of it. */
function afterwards(event: JSEvent, changes: readonly Change[], instance: LocalDateTime | null): JSEvent {
  const after: JSEvent = { ...event, ...(instance !== null && { start: instance }) };
  for (const change of changes) {
    const [name = ""] = change.path;
    if (change.path.length > 1 || change.instance !== instance || change.value === null) continue;
    after[name] = change.value;
  }
  return after;
}

/** RFC 6901 §4. */
function split(pointer: string): string[] {
  return pointer
    .replace(/^\//, "")
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function plain(address: string | null | undefined): string {
  return (address ?? "").replace(/^mailto:/i, "").toLowerCase();
}
