import { expect, it } from "vitest";
import { dayText, readDay } from "./day";

it("writes the day before the month", () => {
  expect(dayText("2026-12-05")).toBe("05/12/2026");
  expect(dayText("")).toBe("");
});

it.each([
  ["05/12/2026", "2026-12-05"],
  ["5.12.26", "2026-12-05"],
  [" 5 12 2026 ", "2026-12-05"],
  ["2026-12-05", "2026-12-05"],
  ["29/02/2028", "2028-02-29"],
  ["", ""],
])("reads %j", (text, day) => expect(readDay(text)).toBe(day));

it.each(["29/02/2027", "31/04/2026", "12/31/2026", "5/12", "tomorrow", "5/12/202", "0/1/2026"])("refuses %j", (text) =>
  expect(readDay(text)).toBeNull(),
);
