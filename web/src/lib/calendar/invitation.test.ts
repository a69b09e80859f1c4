import { describe, expect, it } from "vitest";
import type { CalendarEvent } from "../jmap/calendars";
import type { ParsedEvent } from "./eventParse";
import { readInvitation } from "./invitation";

const parsed: ParsedEvent = {
  uid: "u1",
  method: "request",
  sequence: 1,
  title: "As it was sent",
  start: "2026-12-01T10:00:00",
  duration: "PT1H",
  timeZone: "Europe/Paris",
  organizerCalendarAddress: "mailto:Ana@example.org",
  participants: {
    a: { calendarAddress: "mailto:ana@example.org", roles: { attendee: true } },
    b: { calendarAddress: "mailto:bob@example.org", roles: { attendee: true }, participationStatus: "declined" },
  },
};
const live = { ...parsed, id: "v1", calendarIds: { c1: true }, title: "As it is", sequence: 1 } as CalendarEvent;

describe("a message about an event", () => {
  it("shows the event as the calendar has it, and as it was sent where the calendar has none", () => {
    expect(readInvitation(parsed, live)).toMatchObject({ kind: "request", shown: live, isOutdated: false });
    expect(readInvitation(parsed, null)).toMatchObject({ kind: "request", shown: parsed, isOutdated: false });
  });

  it("is outdated when the calendar knows a later state", () => {
    expect(readInvitation({ ...parsed, sequence: 0 }, live).isOutdated).toBe(true);
  });

  it("that cancels says so, unless the event has been called anew since", () => {
    const cancel = { ...parsed, method: "CANCEL", sequence: 2 };
    expect(readInvitation(cancel, live)).toMatchObject({ kind: "cancel", isCancelled: true, isOutdated: false });
    expect(readInvitation(cancel, { ...live, sequence: 3 })).toMatchObject({ isCancelled: false, isOutdated: true });
  });

  it("of an event that was cancelled since says so", () => {
    expect(readInvitation(parsed, { ...live, status: "cancelled" }).isCancelled).toBe(true);
  });

  it("that answers tells who answered, and not who invited", () => {
    const { answers } = readInvitation({ ...parsed, method: "reply" }, live);
    expect(answers.map(({ calendarAddress }) => calendarAddress)).toEqual(["mailto:bob@example.org"]);
  });

  it("that proposes another time shows that, until it is the time of the event", () => {
    const counter = { ...parsed, method: "counter", start: "2026-12-01T14:00:00" };
    expect(readInvitation(counter, live)).toMatchObject({ kind: "counter", shown: counter, isTaken: false });
    expect(readInvitation(counter, { ...live, start: counter.start }).isTaken).toBe(true);
  });

  it("that proposes is declined to whoever is invited and wrote it", () => {
    const counter = { ...parsed, method: "counter" };
    expect(readInvitation(counter, live, "BOB@example.org").proposer).toBe("mailto:bob@example.org");
    expect(readInvitation(counter, live, "eve@example.org").proposer).toBeNull();
    expect(readInvitation(parsed, live, "bob@example.org").proposer).toBeNull();
  });

  it("that declines a proposal shows the event as it stays", () => {
    const declined = { ...parsed, method: "declinecounter", start: "2026-12-01T09:00:00" };
    expect(readInvitation(declined, live)).toMatchObject({ kind: "declinecounter", shown: live, isOutdated: false });
  });
});
