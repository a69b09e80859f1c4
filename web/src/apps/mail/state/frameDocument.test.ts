// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { type FrameOptions, frameDocument } from "./frameDocument";

const options: FrameOptions = {
  remoteImages: false,
  inline: new Map([["logo@x", "data:image/png;base64,AA=="]]),
  colours: { text: "black", link: "blue", soft: "grey", border: "silver", dark: false },
  fontFamily: "sans-serif",
  quoteLabel: "Show quoted text",
};
const body = (html: string, more: Partial<FrameOptions> = {}) =>
  new DOMParser().parseFromString(frameDocument(html, { ...options, ...more }).html, "text/html").body;

describe("the document that shows a message", () => {
  it("loads nothing remote until asked, and says that there is something", () => {
    const html = '<img data-remote-src="https://t.example/p.gif">';
    const blocked = frameDocument(html, options);
    expect(blocked.hasRemote).toBe(true);
    expect(blocked.html).toContain('img-src data:"');
    expect(body(html).querySelector("img")?.hasAttribute("src")).toBe(false);
    expect(body(html, { remoteImages: true }).querySelector("img")?.getAttribute("src")).toBe(
      "https://t.example/p.gif",
    );
    expect(
      frameDocument('<img data-remote-src="javascript:x">', { ...options, remoteImages: true }).html,
    ).not.toContain(' src="javascript');
  });

  it("shows images that came with the message", () => {
    expect(body('<img data-cid="logo@x">').querySelector("img")?.getAttribute("src")).toBe(
      "data:image/png;base64,AA==",
    );
  });

  it("opens links elsewhere, telling nobody where from", () => {
    const link = body('<a href="https://a.org" rel="opener">x</a>').querySelector("a");
    expect(link?.target).toBe("_blank");
    expect(link?.rel).toBe("noopener noreferrer");
  });

  it("folds the quoted message at the end, but not a quote that is answered below, nor one that is all there is", () => {
    expect(body("<p>Yes</p><blockquote>old</blockquote>").querySelector("details > blockquote")).not.toBeNull();
    expect(body("<p>You wrote:</p><blockquote>old</blockquote><p>No.</p>").querySelector("details")).toBeNull();
    expect(body("<blockquote>old</blockquote>").querySelector("details")).toBeNull();
  });
});
