import { describe, expect, it } from "vitest";
import { daysFrom, readWall } from "../../../lib/calendar/time";
import { columnsOf } from "./columns";
import { fitting, lanesOf } from "./lanes";

const span = (name: string, begin: number, end: number) => ({ name, begin, end });

describe("columns", () => {
  it("know when the first thing to their right begins", () => {
    const [a, b] = columnsOf([span("a", 0, 120), span("b", 30, 60), span("c", 70, 90)], 15);
    expect([a?.until, b?.until]).toEqual([30, Number.POSITIVE_INFINITY]);
  });

  const told = (items: { name: string; begin: number; end: number }[]) =>
    Object.fromEntries(columnsOf(items, 15).map(({ item, at, span, of }) => [item.name, `${at}+${span}/${of}`]));

  it("are one where nothing overlaps, even what touches", () => {
    expect(told([span("a", 0, 60), span("b", 60, 120)])).toEqual({ a: "0+1/1", b: "0+1/1" });
  });

  it("are as few as there must be, and filled again", () => {
    expect(told([span("a", 0, 120), span("b", 30, 60), span("c", 60, 90)])).toEqual({
      a: "0+1/2",
      b: "1+1/2",
      c: "1+1/2",
    });
  });

  it("let an event reach over those beside which nothing stands", () => {
    expect(told([span("a", 0, 30), span("b", 0, 30), span("c", 0, 90), span("d", 40, 80)])).toEqual({
      c: "0+1/3",
      a: "1+1/3",
      b: "2+1/3",
      d: "1+2/3",
    });
  });

  it("give what is short a place to be read", () => {
    expect(told([span("a", 0, 0), span("b", 10, 20)])).toEqual({ a: "0+1/2", b: "1+1/2" });
  });
});

describe("bars", () => {
  const days = daysFrom("2026-11-30", 7);
  const bar = (name: string, from: string, to: string) => span(name, readWall(from), readWall(to));
  const items = [
    bar("holiday", "2026-11-28", "2026-12-03"),
    bar("fair", "2026-12-01", "2026-12-04"),
    bar("one", "2026-12-03", "2026-12-04"),
    bar("long", "2026-12-05", "2026-12-20"),
    bar("gone", "2026-11-20", "2026-11-30"),
  ];

  it("lie over their days, cut where the row ends, in the topmost free lane", () => {
    const told = lanesOf(items, days).map(({ item, from, span, lane, before, after }) => [
      item.name,
      from,
      span,
      lane,
      before,
      after,
    ]);
    expect(told).toEqual([
      ["holiday", 0, 3, 0, true, false],
      ["fair", 1, 3, 1, false, false],
      ["one", 3, 1, 0, false, false],
      ["long", 5, 2, 0, false, true],
    ]);
  });

  it("that do not fit are counted on each of their days", () => {
    const { shown, hidden } = fitting(lanesOf(items, days), 7, 1);
    expect(shown.map(({ item }) => item.name)).toEqual(["long"]);
    expect(hidden).toEqual([1, 2, 2, 2, 0, 0, 0]);
  });

  it("that fit leave no place for a count", () => {
    const { shown, hidden } = fitting(lanesOf(items, days), 7, 2);
    expect(shown).toHaveLength(4);
    expect(hidden.every((count) => count === 0)).toBe(true);
  });
});
