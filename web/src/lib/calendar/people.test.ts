import { describe, expect, it } from "vitest";
import type { JSEvent, ParticipantIdentity } from "../jmap/calendars";
import { invitedAs, isOrganizer, organizerName, othersIn, participantOf, readPerson, withPeople } from "./people";

const me: ParticipantIdentity[] = [
  { id: "q1", name: "Alice Fabre", calendarAddress: "mailto:alice@example.org", isDefault: true },
];
const event: JSEvent = { start: "2026-12-01T10:00:00" };
const bob = participantOf("bob@example.org", "Bob");

describe("people of an event", () => {
  it("are invited by oneself as soon as there are others", () => {
    const invited = withPeople(event, { p1: bob }, me);
    expect(invited.organizerCalendarAddress).toBe("mailto:alice@example.org");
    expect(Object.keys(invited.participants ?? {})).toEqual(["me", "p1"]);
    expect(invited.participants?.["me"]).toMatchObject({ name: "Alice Fabre", participationStatus: "accepted" });
    expect([isOrganizer(invited, me), invitedAs(invited, me), organizerName(invited)]).toEqual([
      true,
      null,
      "Alice Fabre",
    ]);
    expect(othersIn(invited, me)).toEqual([bob]);
  });

  it("leave nobody who invites when the last has gone", () => {
    const { p1: _, ...left } = withPeople(event, { p1: bob }, me).participants ?? {};
    const alone = withPeople(withPeople(event, { p1: bob }, me), left, me);
    expect(alone).toEqual({ ...event, participants: {} });
  });

  it("of a meeting that somebody else invites to are theirs", () => {
    const theirs: JSEvent = {
      ...event,
      organizerCalendarAddress: "MAILTO:Bob@example.org",
      participants: { b: bob, a: participantOf("Alice@Example.org") },
    };
    expect([isOrganizer(theirs, me), invitedAs(theirs, me), organizerName(theirs)]).toEqual([false, "a", "Bob"]);
    const more = { ...theirs.participants, c: participantOf("c@example.org") };
    expect(withPeople(theirs, more, me)).toEqual({ ...theirs, participants: more });
  });

  it("are read as one writes them", () => {
    expect(readPerson("Ana Lima <ana@example.org>")).toMatchObject({
      name: "Ana Lima",
      calendarAddress: "mailto:ana@example.org",
    });
    expect(readPerson("Ana")).toBeNull();
  });
});
