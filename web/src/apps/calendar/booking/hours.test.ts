import { expect, it } from "vitest";
import { hoursAfter, isWrong, usualHours } from "./hours";

it("the_hours_a_page_begins_with_are_right", () => {
  expect(isWrong(usualHours)).toBe(false);
  expect(isWrong([])).toBe(false);
});

it("hours_that_end_before_they_begin_or_overlap_are_wrong", () => {
  expect(isWrong([{ day: "mo", from: "10:00", to: "09:00" }])).toBe(true);
  expect(isWrong([{ day: "mo", from: "10:00", to: "" }])).toBe(true);
  const morning = { day: "mo", from: "09:00", to: "12:00" } as const;
  expect(isWrong([morning, { day: "mo", from: "11:00", to: "13:00" }])).toBe(true);
  expect(isWrong([morning, { day: "mo", from: "12:00", to: "24:00" }])).toBe(false);
  expect(isWrong([morning, { day: "tu", from: "11:00", to: "13:00" }])).toBe(false);
});

it("more_hours_of_a_day_come_behind_those_there_are", () => {
  expect(hoursAfter([], "sa")).toEqual({ day: "sa", from: "09:00", to: "17:00" });
  expect(hoursAfter(usualHours, "mo")).toEqual({ day: "mo", from: "18:00", to: "19:00" });
  expect(hoursAfter([{ day: "mo", from: "09:00", to: "22:30" }], "mo")).toBeNull();
  const more = hoursAfter([{ day: "mo", from: "09:00", to: "22:00" }], "mo");
  expect(more).toEqual({ day: "mo", from: "23:00", to: "24:00" });
});
