import { describe, expect, it } from "vitest";
import { snippetParts } from "./snippet";

describe("a search snippet", () => {
  it("is text with highlights, never markup", () => {
    expect(snippetParts("a &lt;b&gt; <mark>c &amp; d</mark> &#39;e&#x27;")).toEqual([
      { text: "a <b> ", marked: false },
      { text: "c & d", marked: true },
      { text: " 'e'", marked: false },
    ]);
    expect(snippetParts("<img src=x>")).toEqual([{ text: "<img src=x>", marked: false }]);
  });
});
