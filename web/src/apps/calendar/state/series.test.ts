import { describe, expect, it } from "vitest";
import type { CalendarEvent } from "../../../lib/jmap/calendars";
import { applyPatch, difference, inverse } from "./patch";
import { mayBeOfOne, planSeriesChange, planSeriesRemoval } from "./series";

/** Mondays at nine, the second moved to Tuesday, the fourth taken out. */
const series: CalendarEvent = {
  id: "v1",
  uid: "u1",
  calendarIds: { c1: true },
  title: "Stand-up",
  start: "2026-11-02T09:00:00",
  duration: "PT1H",
  timeZone: "Europe/Paris",
  recurrenceRule: { frequency: "weekly", byDay: [{ day: "mo" }], count: 10 },
  recurrenceOverrides: {
    "2026-11-09T09:00:00": { start: "2026-11-10T09:00:00", title: "On Tuesday" },
    "2026-11-23T09:00:00": { excluded: true },
  },
  "example.org:kept": { as: "it is" },
};

function instance(key: string, patch: Partial<CalendarEvent> = {}): CalendarEvent {
  const { recurrenceOverrides: _, ...rest } = series;
  return { ...rest, id: `v1-${key.replace(/[-:]/g, "")}`, baseEventId: "v1", recurrenceId: key, start: key, ...patch };
}

const third = instance("2026-11-16T09:00:00");
const second = instance("2026-11-09T09:00:00", { start: "2026-11-10T09:00:00", title: "On Tuesday" });

describe("a change of one occurrence", () => {
  it("is a patch of what was touched, under the id of the occurrence", () => {
    const { writes, undo } = planSeriesChange(
      series,
      third,
      { ...third, title: "Later", start: "2026-11-16T10:00:00" },
      "this",
      2,
    );
    expect(writes).toEqual({ update: { "v1-20261116T090000": { title: "Later", start: "2026-11-16T10:00:00" } } });
    expect(undo({})).toEqual({ update: { v1: { "recurrenceOverrides/2026-11-16T09:00:00": null } } });
  });

  it("is undone to what was said of it before", () => {
    const { undo } = planSeriesChange(series, second, { ...second, title: "Other" }, "this", 1);
    expect(undo({})).toEqual({
      update: {
        v1: { "recurrenceOverrides/2026-11-09T09:00:00": { start: "2026-11-10T09:00:00", title: "On Tuesday" } },
      },
    });
    const { recurrenceOverrides: _, ...plain } = series;
    expect(planSeriesChange(plain, third, { ...third, title: "x" }, "this", 2).undo({})).toEqual({
      update: { v1: { recurrenceOverrides: null } },
    });
  });

  it("cannot be one of what only a series has", () => {
    expect(mayBeOfOne({ title: "x", "locations/l/name": "y" })).toBe(true);
    expect(mayBeOfOne({ privacy: "private" })).toBe(false);
    expect(mayBeOfOne({ "calendarIds/c2": true })).toBe(false);
  });
});

describe("a change of all", () => {
  it("moves the series with its exceptions, and leaves the rest alone", () => {
    const { writes, undo } = planSeriesChange(series, third, { ...third, start: "2026-11-17T10:30:00" }, "all", 2);
    const patch = writes.update?.["v1"] ?? {};
    const changed = applyPatch(series, patch);
    expect(changed.start).toBe("2026-11-03T10:30:00");
    expect(changed.recurrenceRule).toEqual({ frequency: "weekly", byDay: [{ day: "tu" }], count: 10 });
    expect(changed.recurrenceOverrides).toEqual({
      "2026-11-10T10:30:00": { start: "2026-11-10T09:00:00", title: "On Tuesday" },
      "2026-11-24T10:30:00": { excluded: true },
    });
    expect(Object.keys(patch)).not.toContain("title");
    expect(applyPatch(changed, undo({}).update?.["v1"] ?? {})).toEqual(series);
  });

  it("overrules what was said of the occurrence it was made in, and nothing else of it", () => {
    const { writes } = planSeriesChange(series, second, { ...second, title: "All of them" }, "all", 1);
    const changed = applyPatch(series, writes.update?.["v1"] ?? {});
    expect(changed.title).toBe("All of them");
    expect(changed.recurrenceOverrides?.["2026-11-09T09:00:00"]).toEqual({ start: "2026-11-10T09:00:00" });
    expect(changed.start).toBe(series.start);
  });

  it("that takes the rule away leaves one event", () => {
    const { recurrenceRule: _, ...single } = third;
    const { writes } = planSeriesChange(series, third, single, "all", 2);
    expect(writes.update?.["v1"]).toEqual({ recurrenceRule: null, recurrenceOverrides: null });
  });
});

describe("a change of this and following", () => {
  const { writes, undo } = planSeriesChange(
    series,
    third,
    { ...third, title: "New", start: "2026-11-16T11:00:00" },
    "following",
    2,
  );

  it("ends the series before, without what was said of those that leave it", () => {
    expect(writes.update).toEqual({
      v1: {
        recurrenceRule: { frequency: "weekly", byDay: [{ day: "mo" }], until: "2026-11-16T08:59:59" },
        "recurrenceOverrides/2026-11-23T09:00:00": null,
      },
    });
  });

  it("makes a series of what is left, with its exceptions", () => {
    const tail = writes.create?.["tail"];
    expect(tail).toMatchObject({
      title: "New",
      start: "2026-11-16T11:00:00",
      recurrenceRule: { frequency: "weekly", byDay: [{ day: "mo" }], count: 8 },
      recurrenceOverrides: { "2026-11-23T11:00:00": { excluded: true } },
      "example.org:kept": { as: "it is" },
    });
    expect(tail?.uid).not.toBe(series.uid);
    expect(tail).not.toHaveProperty("id");
    expect(tail).not.toHaveProperty("recurrenceId");
  });

  it("is undone to the one series that was", () => {
    const back = undo({ tail: "v9" });
    expect(back.destroy).toEqual(["v9"]);
    const cut = applyPatch(series, writes.update?.["v1"] ?? {});
    expect(applyPatch(cut, back.update?.["v1"] ?? {})).toEqual(series);
  });

  it("from the first on is one of all", () => {
    const first = instance("2026-11-02T09:00:00");
    expect(planSeriesChange(series, first, { ...first, title: "x" }, "following", 0).writes).toEqual({
      update: { v1: { title: "x" } },
    });
  });
});

describe("a removal", () => {
  it("of one, of the following or of all is said as it is meant", () => {
    expect(planSeriesRemoval(series, third, "this").writes).toEqual({ destroy: ["v1-20261116T090000"] });
    expect(planSeriesRemoval(series, third, "following").writes.update?.["v1"]).toMatchObject({
      recurrenceRule: { until: "2026-11-16T08:59:59" },
    });
    const all = planSeriesRemoval(series, third, "all");
    expect(all.writes).toEqual({ destroy: ["v1"] });
    const { id: _, ...whole } = series;
    expect(all.undo({})).toEqual({ create: { back: whole } });
  });
});

describe("patches", () => {
  it("say nothing of what was not touched, and are taken back where a map was left empty", () => {
    expect(difference(series, { ...series })).toEqual({});
    const before = { ...series, locations: { l: { name: "Paris" } } };
    const patch = difference(before, { ...before, locations: {} });
    expect(patch).toEqual({ locations: null });
    expect(inverse(before, { "locations/l": null })).toEqual({ locations: before.locations });
  });
});
