import { describe, expect, it } from "vitest";
import type { ListEvent } from "../../../lib/calendar/eventGet";
import { readWall } from "../../../lib/calendar/time";
import type { CalendarEvent, ParticipantIdentity } from "../../../lib/jmap/calendars";
import { agendaOf, askedAgain, greetingAt, mayJoin, momentOf, occurrencesOf, takesPlace, unanswered } from "./agenda";

const event = (title: string, start: string, more: object = {}) =>
  ({ id: title, title, start, duration: "PT1H", calendarIds: { c1: true }, ...more }) as unknown as ListEvent;
const me: ParticipantIdentity[] = [{ id: "q", name: "A", calendarAddress: "mailto:a@example.org", isDefault: true }];
const invited = (status?: string) => ({
  organizerCalendarAddress: "mailto:b@example.org",
  participants: { p: { calendarAddress: "mailto:a@example.org", ...(status && { participationStatus: status }) } },
});
const day = occurrencesOf(
  "a1",
  [
    event("lunch", "2026-12-01T12:00:00"),
    event("early", "2026-12-01T08:00:00"),
    event("fair", "2026-11-30T00:00:00", { duration: "P3D", showWithoutTime: true }),
    event("also noon", "2026-12-01T12:00:00", { duration: "PT2H" }),
    event("tomorrow", "2026-12-02T09:00:00"),
  ],
  "Europe/Paris",
);

describe("a day", () => {
  it("has what is of the whole day first, then the rest by when it begins", () => {
    expect(agendaOf(day, "2026-12-01").map(({ event }) => event.title)).toEqual([
      "fair",
      "early",
      "also noon",
      "lunch",
    ]);
    expect(agendaOf(day, "2026-12-02").map(({ event }) => event.title)).toEqual(["fair", "tomorrow"]);
  });

  it("knows what is over, what goes on, and what is next", () => {
    const told = (at: string) =>
      Object.fromEntries(day.map((one) => [one.event.title, momentOf(one, day, readWall(`2026-12-01T${at}:00`))]));
    expect(told("08:30")).toEqual({
      early: "now",
      lunch: "next",
      "also noon": "next",
      fair: "later",
      tomorrow: "later",
    });
    expect(told("13:00")).toMatchObject({ early: "past", lunch: "past", "also noon": "now", tomorrow: "later" });
  });

  it("lets one go in a quarter of an hour before, until the end", () => {
    const [lunch] = day;
    const may = (at: string) => lunch && mayJoin(lunch, readWall(`2026-12-01T${at}:00`));
    expect([may("11:44"), may("11:45"), may("12:59"), may("13:00")]).toEqual([false, true, true, false]);
  });

  it("is greeted by its hour", () => {
    const at = (hour: string) => greetingAt(readWall(`2026-12-01T${hour}:00:00`));
    expect([at("04"), at("05"), at("12"), at("18")]).toEqual(["evening", "morning", "afternoon", "evening"]);
  });
});

describe("invitations", () => {
  it("wait until they are answered or cancelled", () => {
    const events = [
      event("new", "2026-12-01T08:00:00", invited()),
      event("asked", "2026-12-01T08:00:00", invited("needs-action")),
      event("yes", "2026-12-01T08:00:00", invited("accepted")),
      event("gone", "2026-12-01T08:00:00", { ...invited(), status: "cancelled" }),
      event("own", "2026-12-01T08:00:00"),
    ];
    expect(unanswered(events, me).map(({ title }) => title)).toEqual(["new", "asked"]);
  });

  it("of single occurrences wait where the series is answered and they are not", () => {
    const status = "participants/p/participationStatus";
    const series = event("series", "2026-11-01T08:00:00", {
      ...invited("accepted"),
      recurrenceOverrides: {
        "2026-11-29T08:00:00": { [status]: "needs-action" },
        "2026-12-06T08:00:00": { [status]: "needs-action", start: "2026-12-07T09:00:00" },
        "2026-12-13T08:00:00": { [status]: "declined" },
        "2026-12-20T08:00:00": { [status]: "needs-action", status: "cancelled" },
        "2026-12-27T08:00:00": { title: "Other" },
      },
    }) as unknown as CalendarEvent;
    const asked = (one: CalendarEvent) =>
      askedAgain(one, "A@example.org", "2026-12-01T00:00:00", "2027-01-01T00:00:00");
    expect(asked(series)).toEqual([{ recurrenceId: "2026-12-06T08:00:00", start: "2026-12-07T09:00:00" }]);
    expect(asked({ ...series, ...invited("needs-action") } as CalendarEvent)).toEqual([]);
    expect(asked({ ...series, participants: {} })).toEqual([]);
  });

  it("that were declined are none of the day", () => {
    expect(takesPlace(event("no", "2026-12-01T08:00:00", invited("declined")), me)).toBe(false);
    expect(takesPlace(event("maybe", "2026-12-01T08:00:00", invited("tentative")), me)).toBe(true);
  });
});
