import { describe, expect, it } from "vitest";
import type { Card } from "../../../lib/jmap/contacts";
import { cleaned } from "./edit";
import { withLabel } from "./labels";
import { applyPatch, difference, inverse } from "./patch";

const card: Card = {
  uid: "u1",
  name: { full: "Ana Lima", components: [{ kind: "given", value: "Ana" }], sortAs: { given: "ana" } },
  emails: { e1: { address: "a@b.c", contexts: { work: true }, pref: 1 }, "e/2": { address: "x@y.z" } },
  "example.org:custom": { kept: [1, 2] },
  vCardProps: [["x-foo", {}, "text", "bar"]],
};

describe("the patch of an edited card", () => {
  it("is nothing when nothing was touched", () => {
    expect(difference(card, structuredClone(card))).toEqual({});
  });

  it("names only what was changed, however deep", () => {
    const edited: Card = { ...card, emails: { ...card.emails, e1: { ...card.emails?.["e1"], address: "new@b.c" } } };
    expect(difference(card, edited)).toEqual({ "emails/e1/address": "new@b.c" });
  });

  it("escapes keys, and takes away what is gone", () => {
    const { "e/2": gone, ...emails } = card.emails ?? {};
    expect(gone).toBeDefined();
    expect(difference(card, { ...card, emails })).toEqual({ "emails/e~12": null });
  });

  it("takes a map away that nothing is left in", () => {
    expect(difference(card, cleaned({ ...card, emails: { e1: { address: " " } } }))).toEqual({ emails: null });
  });

  it("does what it says, and its inverse takes it back", () => {
    const edited: Card = {
      ...card,
      emails: { e3: { address: "n@n.n" }, "e/2": { address: "other@y.z" } },
      phones: { p1: { number: "1" } },
    };
    const patch = difference(card, edited);
    expect(applyPatch(card, patch)).toEqual(edited);
    expect(applyPatch(applyPatch(card, patch), inverse(card, patch))).toEqual(card);
  });
});

describe("a label", () => {
  it("says what it says and leaves the rest", () => {
    const phone = { number: "1", features: { voice: true, mobile: true }, pref: 1 };
    expect(withLabel(phone, "work")).toEqual({
      number: "1",
      features: { voice: true },
      pref: 1,
      contexts: { work: true },
    });
    expect(withLabel(phone, "boat")).toEqual({ number: "1", features: { voice: true }, pref: 1, label: "boat" });
    expect(withLabel(phone, "mobile")).toBe(phone);
  });
});
