// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import type { Identity } from "../../../../lib/jmap/types";
import { signatureHtml, swapSignatureHtml, swapSignatureText } from "./signature";

const identity = (textSignature: string, htmlSignature = "") => ({ textSignature, htmlSignature }) as Identity;
const ana = identity("Ana\nCity hall", "<p><b>Ana</b><br>City hall</p>");
const team = identity("The team");
const none = identity("");

describe("the signature of an identity", () => {
  it("is swapped for that of another below what was written", () => {
    const html = `<p>Hello</p>${signatureHtml(ana)}`;
    expect(swapSignatureHtml(html, ana, team)).toBe(`<p>Hello</p>${signatureHtml(team)}`);
    expect(swapSignatureHtml(html, ana, none)).toBe("<p>Hello</p>");
    expect(swapSignatureText("Hello\n\n-- \nAna\nCity hall", ana, team)).toBe("Hello\n\n-- \nThe team");
  });

  it("is added where there was none", () => {
    expect(swapSignatureHtml("<p>Hello</p>", none, team)).toBe(`<p>Hello</p>${signatureHtml(team)}`);
    expect(swapSignatureText("Hello", none, team)).toBe("Hello\n\n-- \nThe team");
  });

  it("is left alone when it was changed by hand", () => {
    expect(swapSignatureHtml("<p>Hello, Ana</p>", ana, team)).toBe("<p>Hello, Ana</p>");
    expect(swapSignatureText("Hello, Ana", ana, team)).toBe("Hello, Ana");
  });
});
