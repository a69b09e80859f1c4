import { describe, expect, it } from "vitest";
import type { ContactCard } from "../../../lib/jmap/contacts";
import { duplicatePairs, merged } from "./duplicates";
import { directoryOf } from "./listing";

const card = (id: string, full: string, more: Partial<ContactCard> = {}): ContactCard => ({
  id,
  uid: `u${id}`,
  addressBookIds: { b: true },
  name: { full },
  ...more,
});
const pairsOf = (...cards: ContactCard[]) =>
  duplicatePairs(directoryOf({ state: "", byId: new Map(cards.map((each) => [each.id, each])) }).entries).map(
    ({ one, other, reason }) => [[one.card.id, other.card.id].toSorted().join(), reason],
  );

describe("duplicates", () => {
  it("share an address, a number however written, or a name in any order", () => {
    expect(
      pairsOf(
        card("1", "Ana", { emails: { e: { address: "A@b.example" } } }),
        card("2", "Anna L.", { emails: { x: { address: "a@B.example" } } }),
        card("3", "Bob", { phones: { p: { number: "+33 6 12 34 56 78" } } }),
        card("4", "Robert", { phones: { p: { number: "06.12.34.56.78" } } }),
        card("5", "Zoé Émile"),
        card("6", "EMILE Zoe"),
        card("7", "Zoé"),
        card("8", "Zoé"),
      ),
    ).toEqual([
      ["1,2", "email"],
      ["3,4", "phone"],
      ["5,6", "name"],
    ]);
  });

  it("merge without losing what only one has", () => {
    const one = card("1", "Ana Lima", {
      emails: { e1: { address: "a@b.example", pref: 1 } },
      notes: { n: { note: "x" } },
      "example.org:p": 1,
    });
    const other = card("2", "A. Lima", {
      emails: { e1: { address: "new@b.example", pref: 1 }, e2: { address: "A@B.example" } },
      phones: { p: { number: "1" } },
      notes: { n: { note: "y" } },
      vCardProps: [["x-foo", {}, "text", "bar"]],
    });
    expect(merged(one, other)).toEqual({
      ...one,
      emails: { e1: { address: "a@b.example", pref: 1 }, e2: { address: "new@b.example" } },
      phones: { p: { number: "1" } },
      notes: { n: { note: "x" }, n1: { note: "y" } },
      vCardProps: [["x-foo", {}, "text", "bar"]],
    });
  });
});
