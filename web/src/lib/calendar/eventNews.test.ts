import { describe, expect, it } from "vitest";
import type { CalendarEventNotification } from "../jmap/calendars";
import { readEventNews } from "./eventNews";
import { writeWall } from "./time";

const bob = { name: "Bob", email: "bob@example.org", principalId: null, calendarAddress: "mailto:bob@example.org" };
const ana = { name: "", email: "ana@example.org", principalId: null, calendarAddress: "mailto:Ana@example.org" };
const event = {
  title: "Market hall",
  start: "2026-12-07T10:00:00",
  duration: "PT1H",
  timeZone: "Europe/Paris",
  organizerCalendarAddress: "mailto:Bob@example.org",
  participants: {
    b: { calendarAddress: "mailto:bob@example.org", roles: { owner: true } },
    a: { calendarAddress: "mailto:ana@example.org", participationStatus: "needs-action" as const },
    c: { calendarAddress: "mailto:cleo@example.org", participationStatus: "needs-action" as const },
  },
};

function told(more: Partial<CalendarEventNotification>) {
  const { kind, by, begin, end } = readEventNews(
    {
      id: "n1",
      created: "2026-12-01T10:00:00Z",
      changedBy: bob,
      comment: null,
      type: "updated",
      calendarEventId: "v1",
      event,
      eventPatch: null,
      ...more,
    },
    "Europe/London",
  );
  return `${by} ${kind} ${writeWall(begin).slice(0, 16)} ${writeWall(end).slice(11, 16)}`;
}

describe("what others did to an event", () => {
  it("is an invitation when it comes, and a farewell when it goes", () => {
    expect(told({ type: "created" })).toBe("Bob invited 2026-12-07T09:00 10:00");
    expect(told({ type: "destroyed" })).toBe("Bob removed 2026-12-07T09:00 10:00");
  });

  it("is told with the time it has now", () => {
    const eventPatch = { start: "2026-12-08T14:00:00", duration: "PT2H", title: "Hall" };
    expect(told({ eventPatch })).toBe("Bob moved 2026-12-08T13:00 15:00");
    expect(told({ eventPatch: { "locations/l/name": "Attic" } })).toBe("Bob changed 2026-12-07T09:00 10:00");
    expect(told({ eventPatch: { status: "cancelled", start: "2026-12-08T14:00:00" } })).toContain("cancelled");
  });

  it("is of the occurrence it is about", () => {
    const at = "2026-12-14T10:00:00";
    expect(told({ eventPatch: { [`recurrenceOverrides/${at}`]: { start: "2026-12-15T11:00:00" } } })).toBe(
      "Bob moved 2026-12-15T10:00 11:00",
    );
    expect(told({ eventPatch: { [`recurrenceOverrides/${at}/excluded`]: true } })).toBe(
      "Bob cancelled 2026-12-14T09:00 10:00",
    );
    expect(told({ eventPatch: { recurrenceOverrides: { [at]: { status: "cancelled" } } } })).toBe(
      "Bob cancelled 2026-12-14T09:00 10:00",
    );
    const answer = { "participants/a/participationStatus": "declined" };
    expect(told({ changedBy: ana, eventPatch: { [`recurrenceOverrides/${at}`]: answer } })).toBe(
      "ana@example.org declined 2026-12-14T09:00 10:00",
    );
  });

  it("is an answer of the one who gave it, and of nobody else", () => {
    const eventPatch = {
      "participants/c/participationStatus": "accepted",
      "participants/a/participationStatus": "tentative",
    };
    expect(told({ changedBy: ana, eventPatch })).toContain("ana@example.org tentative");
    expect(told({ changedBy: ana, eventPatch: { "participants/a/participationComment": "Late" } })).toContain(
      "answered",
    );
    const replaced = {
      "participants/a": { calendarAddress: "mailto:ana@example.org", participationStatus: "accepted" },
    };
    expect(told({ changedBy: ana, eventPatch: replaced })).toContain("accepted");
  });
});
