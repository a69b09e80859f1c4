import { beforeEach, expect, it } from "vitest";
import { forget, keep, kept, keptKeys } from "./keep";
import { tokensKey } from "./oidc/tokens";

function signInAs(subject: string): void {
  localStorage.setItem(tokensKey, JSON.stringify({ subject }));
}

beforeEach(() => {
  localStorage.clear();
  signInAs("a1");
});

it("gives back what was kept, and forgets it when told to", () => {
  keep("draft.1", { subject: "é" });
  keep("draft.2", null);
  expect(kept("draft.1")).toEqual({ subject: "é" });
  expect(keptKeys("draft.")).toEqual(["draft.1", "draft.2"]);
  forget("draft.1");
  expect(kept("draft.1")).toBeUndefined();
});

it("shows one person nothing of another", () => {
  keep("draft", "mine");
  signInAs("a2");
  expect(kept("draft")).toBeUndefined();
  expect(keptKeys("")).toEqual([]);
  signInAs("a1");
  expect(kept("draft")).toBe("mine");
});

it("keeps nothing while nobody is known", () => {
  localStorage.clear();
  keep("draft", "whose?");
  expect(localStorage).toHaveLength(0);
});
