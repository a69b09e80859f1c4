import { describe, expect, it } from "vitest";
import { hour, minute, readWall, writeWall } from "../../../lib/calendar/time";
import { nextFree, without } from "./freeTime";

const span = (begin: string, end: string) => ({ begin: readWall(begin), end: readWall(end) });

describe("the next free time for all", () => {
  // 2026-12-01 is a Tuesday.
  const next = (busy: [string, string][], after: string, length = hour, isAllDay = false, until = "2026-12-15") => {
    const found = nextFree(
      busy.map(([begin, end]) => span(begin, end)),
      { length, after: readWall(after), until: readWall(until), isAllDay },
    );
    return found === null ? null : writeWall(found);
  };

  it("is at once where nobody is busy, on a quarter of an hour", () => {
    expect(next([], "2026-12-01T10:07:00")).toBe("2026-12-01T10:15:00");
  });

  it("is after what is in the way of any of them", () => {
    const busy: [string, string][] = [
      ["2026-12-01T10:30:00", "2026-12-01T11:00:00"],
      ["2026-12-01T09:00:00", "2026-12-01T12:20:00"],
      ["2026-12-01T13:00:00", "2026-12-01T14:00:00"],
    ];
    expect(next(busy, "2026-12-01T10:00:00")).toBe("2026-12-01T14:00:00");
    expect(next(busy, "2026-12-01T10:00:00", 30 * minute)).toBe("2026-12-01T12:30:00");
  });

  it("may touch what is before and after", () => {
    const busy: [string, string][] = [
      ["2026-12-01T08:00:00", "2026-12-01T10:00:00"],
      ["2026-12-01T11:00:00", "2026-12-01T19:00:00"],
    ];
    expect(next(busy, "2026-12-01T08:00:00")).toBe("2026-12-01T10:00:00");
  });

  it("keeps within working hours and days", () => {
    expect(next([], "2026-12-01T05:00:00")).toBe("2026-12-01T08:00:00");
    expect(next([], "2026-12-01T18:15:00")).toBe("2026-12-02T08:00:00");
    expect(next([], "2026-12-04T18:30:00")).toBe("2026-12-07T08:00:00");
    expect(next([], "2026-12-05T11:00:00")).toBe("2026-12-07T08:00:00");
  });

  it("of something longer than a working day heeds only who is busy", () => {
    expect(next([["2026-12-02T09:00:00", "2026-12-02T10:00:00"]], "2026-12-01T20:00:00", 14 * hour)).toBe(
      "2026-12-02T10:00:00",
    );
  });

  it("of whole days is a day on which nobody has anything", () => {
    expect(next([["2026-12-02T09:00:00", "2026-12-02T10:00:00"]], "2026-12-02T00:00:00", 24 * hour, true)).toBe(
      "2026-12-03T00:00:00",
    );
    expect(next([], "2026-12-05T00:00:00", 24 * hour, true)).toBe("2026-12-07T00:00:00");
  });

  it("is none where all is taken", () => {
    expect(next([["2026-11-01T00:00:00", "2027-01-01T00:00:00"]], "2026-12-01T10:00:00")).toBeNull();
  });
});

describe("times without a part of them", () => {
  it("are cut, parted or gone", () => {
    const told = (from: string, to: string) =>
      without([span("2026-12-01T09:00:00", "2026-12-01T11:00:00")], span(from, to)).map(
        ({ begin, end }) => `${writeWall(begin).slice(11, 16)}-${writeWall(end).slice(11, 16)}`,
      );
    expect(told("2026-12-01T08:00:00", "2026-12-01T10:00:00")).toEqual(["10:00-11:00"]);
    expect(told("2026-12-01T09:30:00", "2026-12-01T10:00:00")).toEqual(["09:00-09:30", "10:00-11:00"]);
    expect(told("2026-12-01T08:00:00", "2026-12-01T12:00:00")).toEqual([]);
    expect(told("2026-12-01T11:00:00", "2026-12-01T12:00:00")).toEqual(["09:00-11:00"]);
  });
});
