// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { findLinks, htmlToText, quoteText, textBlocks, textToHtml } from "./plainText";

describe("plain text shown", () => {
  it("is cut in blocks by depth of quoting", () => {
    expect(textBlocks("hi\n\n> a\n> b\n>> c\nbye\n")).toEqual([
      { depth: 0, lines: ["hi", ""] },
      { depth: 1, lines: ["a", "b"] },
      { depth: 2, lines: ["c"] },
      { depth: 0, lines: ["bye"] },
    ]);
  });

  it("has links found, punctuation left outside", () => {
    expect(findLinks("See https://a.org/x(y)?q=1, (http://b.org) or www.c.org.")).toEqual([
      { text: "See ", href: null },
      { text: "https://a.org/x(y)?q=1", href: "https://a.org/x(y)?q=1" },
      { text: ", (", href: null },
      { text: "http://b.org", href: "http://b.org" },
      { text: ") or ", href: null },
      { text: "www.c.org", href: "https://www.c.org" },
      { text: ".", href: null },
    ]);
    expect(findLinks("ana@a.org!")[0]).toEqual({ text: "ana@a.org", href: "mailto:ana@a.org" });
    expect(findLinks("javascript:alert(1)")).toEqual([{ text: "javascript:alert(1)", href: null }]);
  });
});

describe("quoting", () => {
  it("marks each line and deepens what was quoted", () => {
    expect(quoteText("a\n\n> b\r\nc\n")).toBe("> a\n>\n>> b\n> c");
  });
});

describe("between HTML and text", () => {
  it("writes text as paragraphs without letting markup in", () => {
    expect(textToHtml("a <b>\nc\n\nd & e")).toBe("<p>a &#60;b&#62;<br>c</p><p>d &#38; e</p>");
  });

  it("writes lists, quotes and links so that a reader of plain text has them", () => {
    expect(htmlToText("<p>One</p><p>Two<br>three</p><ul><li>x</li><li>y</li></ul><ol><li>z</li></ol>")).toBe(
      "One\n\nTwo\nthree\n\n- x\n- y\n\n1. z",
    );
    expect(htmlToText("<blockquote><p>a</p><p>b</p></blockquote>")).toBe("> a\n>\n> b");
    expect(htmlToText('<a href="https://a.org/x">here</a> <a href="https://a.org">https://a.org/</a>')).toBe(
      "here <https://a.org/x> https://a.org/",
    );
    expect(htmlToText("<style>p{}</style><p>a&nbsp;b</p>")).toBe("a b");
  });
});
