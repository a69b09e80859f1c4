import { expect, it } from "vitest";
import { weeksOf } from "./month";

it("a_month_is_shown_in_whole_weeks_from_monday", () => {
  const weeks = weeksOf("2026-03-01");
  expect(weeks).toHaveLength(6);
  expect(weeks[0]).toEqual([null, null, null, null, null, null, "2026-03-01"]);
  expect(weeks[5]?.slice(0, 3)).toEqual(["2026-03-30", "2026-03-31", null]);
});

it("a_february_of_four_weeks_has_no_more", () => {
  expect(weeksOf("2027-02-01")).toHaveLength(4);
  expect(weeksOf("2027-02-01").flat()).not.toContain(null);
});
