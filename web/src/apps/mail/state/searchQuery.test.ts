import { describe, expect, it } from "vitest";
import { parseDay, parseSearch, parseSize, toFilter, writeTerm } from "./searchQuery";

const now = new Date(2026, 10, 23, 15, 30);
const context = {
  mailboxId: (name: string) =>
    ({ inbox: "I", réception: "I", trash: "T", "my folder": "M" })[name.toLowerCase()] ?? null,
  hidden: ["T", "J"],
  now,
};
const filter = (text: string) => toFilter(parseSearch(text), context);
const notHidden = { inMailboxOtherThan: ["T", "J"] };
const and = (...conditions: object[]) => ({ operator: "AND", conditions });

describe("the search language", () => {
  it("takes words, phrases and operators apart", () => {
    expect(parseSearch('from:ana "a b" subject:"c d" e').map((t) => [t.operator, t.value])).toEqual([
      ["from", "ana"],
      ["text", "a b"],
      ["subject", "c d"],
      ["text", "e"],
    ]);
  });

  it("understands the French names of operators and values, with and without accents", () => {
    expect(filter("de:ana")).toEqual(filter("from:ana"));
    expect(filter("à:bob")).toEqual(filter("to:bob"));
    expect(filter("objet:budget")).toEqual(filter("subject:budget"));
    expect(filter("avec:pièce-jointe")).toEqual(filter("has:attachment"));
    expect(filter("est:non-lu")).toEqual(filter("is:unread"));
    expect(filter("est:suivi")).toEqual(filter("is:flagged"));
    expect(filter("avant:2026-01-01 apres:2025-01-01")).toEqual(filter("before:2026-01-01 after:2025-01-01"));
    expect(filter("plus:5Mo")).toEqual(filter("larger:5M"));
    expect(filter("fichier:plan.pdf")).toEqual(filter("filename:plan.pdf"));
    expect(filter("dans:réception")).toEqual({ inMailbox: "I" });
  });

  it("leaves trash and junk out unless asked in", () => {
    expect(filter("hello")).toEqual(and({ text: "hello" }, notHidden));
    expect(filter("hello in:trash")).toEqual(and({ text: "hello" }, { inMailbox: "T" }));
    expect(filter("hello in:anywhere")).toEqual({ text: "hello" });
    expect(filter("in:partout")).toEqual({});
  });

  it("negates and joins by OR", () => {
    expect(filter("-from:ana in:anywhere")).toEqual({ operator: "NOT", conditions: [{ from: "ana" }] });
    expect(filter("from:ana OR from:bob in:anywhere")).toEqual({
      operator: "OR",
      conditions: [{ from: "ana" }, { from: "bob" }],
    });
    expect(filter("a b OR c in:anywhere")).toEqual(
      and({ text: "a" }, { operator: "OR", conditions: [{ text: "b" }, { text: "c" }] }),
    );
  });

  it("treats what is no operator as text and never fails", () => {
    expect(filter("http://a.b in:all")).toEqual({ text: "http://a.b" });
    expect(filter('"open quote in:all')).toEqual(and({ text: "open quote in:all" }, notHidden));
    expect(filter("")).toBeNull();
    expect(filter("from:")).toBeNull();
    expect(filter("in:nowhere")).toEqual({ text: "nowhere" });
    expect(filter("before:someday in:all")).toEqual({ text: "someday" });
  });

  it("looks for a file by its name among messages with attachments", () => {
    expect(filter("filename:plan.pdf in:all")).toEqual(and({ hasAttachment: true }, { text: "plan.pdf" }));
  });

  it("finds folders with spaces", () => {
    expect(filter('in:"my folder"')).toEqual({ inMailbox: "M" });
  });

  it("reads sizes and days as people write them", () => {
    expect(parseSize("5M")).toBe(5 * 1024 ** 2);
    expect(parseSize("1,5Mo")).toBe(1.5 * 1024 ** 2);
    expect(parseSize("200kb")).toBe(200 * 1024);
    expect(parseSize("x")).toBeNull();
    const days: [string, [number, number, number]][] = [
      ["2026-11-05", [2026, 10, 5]],
      ["05/11/2026", [2026, 10, 5]],
      ["2026", [2026, 0, 1]],
      ["2026-03", [2026, 2, 1]],
      ["hier", [2026, 10, 22]],
      ["7d", [2026, 10, 16]],
      ["7j", [2026, 10, 16]],
      ["2w", [2026, 10, 9]],
      ["1m", [2026, 9, 23]],
    ];
    for (const [text, [y, m, d]] of days) expect(parseDay(text, now)?.from).toEqual(new Date(y, m, d));
    expect(parseDay("2026-02-30", now)).toBeNull();
  });

  it("knows where each term stands, for suggestions at the caret", () => {
    expect(parseSearch("ab from:x").map((t) => [t.start, t.end])).toEqual([
      [0, 2],
      [3, 9],
    ]);
  });

  it("writes terms that it reads back", () => {
    expect(writeTerm("in", "my folder", "fr")).toBe('dans:"my folder"');
    expect(parseSearch(writeTerm("after", "7d", "fr"))[0]?.operator).toBe("after");
  });
});
