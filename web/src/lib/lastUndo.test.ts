import { expect, it, vi } from "vitest";
import { canUndo, forgetUndo, undoLast } from "./lastUndo";

it("takes back the last thing, once", () => {
  const undo = vi.fn();
  canUndo(undo);
  undoLast();
  undoLast();
  expect(undo).toHaveBeenCalledTimes(1);
});

it("takes back what was done before a thing that was refused", () => {
  const [first, refused] = [vi.fn(), vi.fn()];
  canUndo(first);
  forgetUndo(canUndo(refused));
  undoLast();
  expect(refused).not.toHaveBeenCalled();
  expect(first).toHaveBeenCalledTimes(1);
});
