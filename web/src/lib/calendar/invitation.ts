import type { CalendarEvent, Participant } from "../jmap/calendars";
import type { ParsedEvent } from "./eventParse";
import { addressOf } from "./people";

/** What a message about an event is, beside what the calendar has of it. */
export interface Invitation {
  kind: "request" | "cancel" | "reply" | "counter" | "declinecounter" | "event";
  /** The event as it is meant now: the calendar's, which knows what came after the message, or the message's own. */
  shown: ParsedEvent | CalendarEvent;
  /** The calendar knows a later state of it than the message. */
  isOutdated: boolean;
  /** Cancelled by the message, or since. */
  isCancelled: boolean;
  /** Who answers with it. */
  answers: Participant[];
  /** The time that is proposed has become that of the event. */
  isTaken: boolean;
  /** Who proposes it, where it is a proposal and they are invited. */
  proposer: string | null;
}

const kinds: Record<string, Invitation["kind"]> = {
  request: "request",
  add: "request",
  cancel: "cancel",
  reply: "reply",
  counter: "counter",
  declinecounter: "declinecounter",
};

/** `sender` is the address of the message that brings it. */
export function readInvitation(parsed: ParsedEvent, live: CalendarEvent | null, sender = ""): Invitation {
  const kind = kinds[parsed.method?.toLowerCase() ?? ""] ?? "event";
  const organizer = (parsed.organizerCalendarAddress ?? live?.organizerCalendarAddress ?? "").toLowerCase();
  const isOlder = live !== null && (parsed.sequence ?? 0) < Number(live["sequence"] ?? 0);
  const isCancelled = kind === "cancel" ? !isOlder || live?.status === "cancelled" : live?.status === "cancelled";
  return {
    kind,
    // A cancellation may name the event and nothing else of it.
    shown: kind === "counter" ? parsed : (live ?? parsed),
    isOutdated: isOlder && (kind === "request" || kind === "cancel"),
    isCancelled,
    answers:
      kind === "reply"
        ? Object.values(parsed.participants ?? {})
            .filter((person) => `mailto:${addressOf(person).toLowerCase()}` !== organizer && !person.roles?.["owner"])
            .map((person) => withComment(person, live))
        : [],
    isTaken:
      kind === "counter" &&
      live !== null &&
      live.start === parsed.start &&
      live.duration === parsed.duration &&
      (live.timeZone ?? null) === (parsed.timeZone ?? null),
    proposer: kind === "counter" ? proposerOf(parsed, live, sender) : null,
  };
}

/** The one of those invited who wrote the message; somebody else who did is answered by a reply. */
function proposerOf(parsed: ParsedEvent, live: CalendarEvent | null, sender: string): string | null {
  const people = Object.values(live?.participants ?? parsed.participants ?? {});
  const found = people.find((person) => sender !== "" && addressOf(person).toLowerCase() === sender.toLowerCase());
  return found ? (found.calendarAddress ?? `mailto:${addressOf(found)}`) : null;
}

/** What somebody says beside their answer is known where the answer was taken. */
function withComment(person: Participant, live: CalendarEvent | null): Participant {
  const known = Object.values(live?.participants ?? {}).find(
    (each) => addressOf(each).toLowerCase() === addressOf(person).toLowerCase(),
  );
  const comment = person.participationComment ?? known?.participationComment;
  return comment ? { ...person, participationComment: comment } : person;
}
