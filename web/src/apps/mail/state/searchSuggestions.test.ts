import { describe, expect, it } from "vitest";
import { searchSuggestions } from "./searchSuggestions";

const known = {
  recent: ["budget 2026", "from:ana"],
  people: [
    { name: "Ana Bell", email: "ana@a.org", score: 2 },
    { name: null, email: "bob@b.org", score: 1 },
  ],
  mailboxes: ["Inbox", "My projects"],
  language: "en" as const,
};
const texts = (input: string, language: "en" | "fr" = "en") =>
  searchSuggestions(input, { ...known, language }).map((s) => s.text);

describe("suggestions of the search box", () => {
  it("begin with recent searches and operators", () => {
    expect(texts("")).toEqual(["budget 2026", "from:ana", "from:", "to:", "subject:", "has:", "is:", "in:"]);
  });

  it("complete recent searches, people and operators as typed", () => {
    expect(texts("bud")).toEqual(["budget 2026"]);
    expect(texts("an")).toEqual(["from:ana@a.org "]);
    expect(texts("x fr")).toEqual(["x from:"]);
  });

  it("complete the values of operators, keeping what stands before", () => {
    expect(texts("x from:")).toEqual(["x from:ana@a.org ", "x from:bob@b.org "]);
    expect(texts("to:bo")).toEqual(["to:bob@b.org "]);
    expect(texts("is:un")).toEqual(["is:unread "]);
    expect(texts("in:my")).toEqual(['in:"My projects" ']);
  });

  it("speak French", () => {
    expect(texts("est:n", "fr")).toEqual(["est:non-lu "]);
    expect(texts("de:an", "fr")).toEqual(["de:ana@a.org "]);
    expect(texts("piece", "fr")).toEqual([]);
    expect(texts("av", "fr")).toEqual(["avec:", "avant:"]);
  });
});
