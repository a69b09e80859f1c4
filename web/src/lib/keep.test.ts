import { beforeEach, expect, it } from "vitest";
import { forget, forgetEverything, keep, keepHere, kept, keptHere, keptKeys } from "./keep";
import { tokensKey } from "./oidc/tokens";

function signInAs(subject: string): void {
  localStorage.setItem(tokensKey, JSON.stringify({ subject }));
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
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

it("keeps for one tab what is its own, until the person signs out", () => {
  keepHere("search", "from:bob");
  expect(keptHere("search")).toBe("from:bob");
  expect(kept("search")).toBeUndefined();
  signInAs("a2");
  expect(keptHere("search")).toBeUndefined();
  signInAs("a1");
  keepHere("search", undefined);
  expect(keptHere("search")).toBeUndefined();
  keepHere("search", "from:bob");
  forgetEverything();
  expect(sessionStorage).toHaveLength(0);
});
