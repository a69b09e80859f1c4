import { describe, expect, it } from "vitest";
import { durationOf, occurrenceOf } from "../../../lib/calendar/occurrence";
import { readPerson } from "../../../lib/calendar/people";
import { hour, readWall, writeWall } from "../../../lib/calendar/time";
import type { CalendarEvent } from "../../../lib/jmap/calendars";
import { readTime } from "./clock";
import { cleaned, ownTimes, withAllDay, withLocation, withTimes } from "./form";
import { difference } from "./patch";
import { rescheduled } from "./reschedule";

const event: CalendarEvent = {
  id: "v1",
  uid: "u",
  calendarIds: { c1: true },
  title: "Call",
  start: "2026-12-02T09:00:00",
  duration: "PT1H",
  timeZone: "America/New_York",
  locations: { l: { "@type": "Location", name: "Here", coordinates: "geo:1,2" } },
};

describe("the form", () => {
  it("that is opened and saved changes nothing", () => {
    const { begin, end } = ownTimes(event, "Europe/Paris");
    expect(difference(cleaned(event), cleaned(withTimes(event, begin, end, "Europe/Paris")))).toEqual({});
  });

  it("names what was touched and nothing beside it", () => {
    const { begin, end } = ownTimes(event, "Europe/Paris");
    expect(difference(event, withTimes(event, begin + hour, end + hour, "Europe/Paris"))).toEqual({
      start: "2026-12-02T10:00:00",
    });
    expect(difference(event, withTimes(event, begin, end + hour, "Europe/Paris"))).toEqual({ duration: "PT2H" });
    expect(difference(event, withLocation(event, "There"))).toEqual({ "locations/l/name": "There" });
    expect(withLocation({ ...event, locations: { l: { name: "Here" } } }, "").locations).toEqual({});
  });

  it("to whole days and back is where it was", () => {
    const whole = withAllDay(event, true, event, "Europe/Paris");
    expect(whole).toMatchObject({
      showWithoutTime: true,
      start: "2026-12-02T00:00:00",
      duration: "P1D",
      timeZone: null,
    });
    expect(difference(event, withAllDay(whole, false, event, "Europe/Paris"))).toEqual({});
  });

  it("reads times and people as they are written", () => {
    const times = {
      "14:30": 870,
      "14h30": 870,
      "9h": 540,
      "2pm": 840,
      "12am": 0,
      noon: 720,
      "0930": 570,
      "25:00": null,
      "13pm": null,
      x: null,
    };
    for (const [text, minutes] of Object.entries(times)) expect(readTime(text)).toBe(minutes);
    expect(readPerson("Ana Lima <ana@example.org>")).toMatchObject({
      name: "Ana Lima",
      calendarAddress: "mailto:ana@example.org",
    });
    expect(readPerson("ana@example")).toBeNull();
  });
});

describe("an occurrence", () => {
  it("stands where the clock of the view has it", () => {
    const { begin, end, isLong } = occurrenceOf("a", event, "Europe/Paris");
    expect([writeWall(begin), writeWall(end), isLong]).toEqual(["2026-12-02T15:00:00", "2026-12-02T16:00:00", false]);
    const day = { ...event, start: "2026-12-02T00:00:00", duration: "P1D", timeZone: null, showWithoutTime: true };
    expect(writeWall(occurrenceOf("a", day, "Asia/Tokyo").begin)).toBe("2026-12-02T00:00:00");
  });

  it("is as long as clocks run, when they go forward meanwhile", () => {
    const night = { ...event, start: "2026-03-29T01:00:00", duration: "PT4H", timeZone: "Europe/Paris" };
    const { begin, end } = occurrenceOf("a", night, "Europe/Paris");
    expect(writeWall(end)).toBe("2026-03-29T06:00:00");
    expect(durationOf(begin, end, "Europe/Paris", false)).toBe("PT4H");
  });

  it("that is dragged keeps its own zone and the words of its duration", () => {
    const occurrence = occurrenceOf("a", event, "Europe/Paris");
    const by = readWall("2026-12-03T08:00:00") - occurrence.begin;
    const to = { begin: occurrence.begin + by, end: occurrence.end + by, isAllDay: false };
    expect(difference(event, rescheduled(occurrence, to, "Europe/Paris") as CalendarEvent)).toEqual({
      start: "2026-12-03T02:00:00",
    });
    const days = { begin: readWall("2026-12-05"), end: readWall("2026-12-06"), isAllDay: true };
    expect(difference(event, rescheduled(occurrence, days, "Europe/Paris") as CalendarEvent)).toEqual({
      start: "2026-12-05T00:00:00",
      duration: "P1D",
      showWithoutTime: true,
      timeZone: null,
    });
  });
});
