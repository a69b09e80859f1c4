import { describe, expect, it } from "vitest";
import {
  addMonths,
  daysBetween,
  isDay,
  isoWeek,
  readDuration,
  readWall,
  startOfWeek,
  weekday,
  writeDuration,
  writeWall,
} from "./time";
import { cityOf, momentOf, moved, offsetText, wallAt } from "./zones";

describe("days", () => {
  it("are counted in weeks of ISO 8601", () => {
    expect(weekday("2026-11-30")).toBe(1);
    expect(weekday("2026-11-29")).toBe(7);
    expect(startOfWeek("2026-11-29")).toBe("2026-11-23");
    expect(isoWeek("2026-11-30")).toBe(49);
    expect(isoWeek("2027-01-03")).toBe(53);
    expect(isoWeek("2025-12-29")).toBe(1);
    expect(isoWeek("2023-01-01")).toBe(52);
  });

  it("of another month are within it", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2028-01-31", 1)).toBe("2028-02-29");
    expect(addMonths("2026-11-30", -12)).toBe("2025-11-30");
    expect(addMonths("2026-12-15", 1)).toBe("2027-01-15");
  });

  it("are counted across the change of clocks, and told from what is none", () => {
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(isDay("2026-02-29")).toBe(false);
    expect(isDay("2028-02-29")).toBe(true);
    expect(isDay("week")).toBe(false);
  });
});

describe("durations", () => {
  it("are read and written as JSCalendar has them", () => {
    for (const text of ["PT0S", "PT1H30M", "P1D", "P1DT2H", "PT45S"])
      expect(writeDuration(readDuration(text))).toBe(text);
    expect(readDuration("P2W")).toEqual({ days: 14, ms: 0 });
    expect(readDuration(undefined)).toEqual({ days: 0, ms: 0 });
  });
});

describe("zones", () => {
  const at = (text: string) => readWall(text);

  it("tell the time on another clock", () => {
    expect(writeWall(moved(at("2026-11-30T14:00:00"), "Europe/Paris", "America/New_York"))).toBe("2026-11-30T08:00:00");
    expect(writeWall(moved(at("2026-07-01T23:30:00"), "Europe/Paris", "Asia/Kolkata"))).toBe("2026-07-02T03:00:00");
    // For two weeks in March, America has changed its clocks and Europe has not.
    expect(writeWall(moved(at("2026-03-20T14:00:00"), "Europe/Paris", "America/New_York"))).toBe("2026-03-20T09:00:00");
  });

  it("resolve a time that is skipped, and one that is there twice", () => {
    const skipped = momentOf(at("2026-03-29T02:30:00"), "Europe/Paris");
    expect(writeWall(wallAt(skipped, "Europe/Paris"))).toBe("2026-03-29T03:30:00");
    const twice = momentOf(at("2026-10-25T02:30:00"), "Europe/Paris");
    expect(new Date(twice).toISOString()).toBe("2026-10-25T00:30:00.000Z");
  });

  it("are named by their city and offset", () => {
    expect(cityOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
    expect(offsetText(Date.UTC(2026, 0, 1), "Europe/Paris")).toBe("UTC+1");
    expect(offsetText(Date.UTC(2026, 0, 1), "America/St_Johns")).toBe("UTC−3:30");
    expect(offsetText(0, "Nowhere/Atall")).toBe("UTC");
  });
});
