import { describe, expect, it } from "vitest";
import { isSelected, noSelection, selectAll, selectedCount, selectRange, toggle, wholeMailbox } from "./selection";

const order = ["a", "b", undefined, "d", "e"];

describe("the selection", () => {
  it("is toggled one by one", () => {
    const one = toggle(noSelection, "a");
    expect(isSelected(one, "a")).toBe(true);
    expect(selectedCount(toggle(one, "a"), 5)).toBe(0);
  });

  it("takes a range from the last one toggled, in both directions, over rows not loaded", () => {
    expect([...selectRange(toggle(noSelection, "b"), "e", order).ids]).toEqual(["b", "d", "e"]);
    expect([...selectRange(toggle(noSelection, "d"), "a", order).ids].toSorted()).toEqual(["a", "b", "d"]);
  });

  it("is the whole mailbox, also what is not loaded, but those taken out", () => {
    const all = toggle(wholeMailbox, "a");
    expect(isSelected(all, "a")).toBe(false);
    expect(isSelected(all, "unloaded")).toBe(true);
    expect(selectedCount(all, 100_000)).toBe(99_999);
  });

  it("takes what is loaded", () => {
    expect(selectedCount(selectAll(order), 5)).toBe(4);
  });
});
