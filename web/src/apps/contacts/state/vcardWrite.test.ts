import { expect, it } from "vitest";
import type { Card } from "../../../lib/jmap/contacts";
import { writeVCard } from "./vcardWrite";

const lines = (card: Card) => writeVCard(card).replace(/\r\n /g, "").trimEnd().split("\r\n");

it("writes what a card says, escaped, with its labels and kinds", () => {
  const written = lines({
    uid: "urn:uuid:1",
    name: {
      full: "Dr. Ana Lima, PhD",
      components: [
        { kind: "given", value: "Ana" },
        { kind: "surname", value: "Lima; the second" },
      ],
    },
    organizations: { o: { name: "Atelier, Lyon", units: [{ name: "Bois" }] } },
    emails: {
      e: { address: "a@b.example", contexts: { work: true }, pref: 1 },
      f: { address: "c@d.example", label: "Boat" },
    },
    phones: { p: { number: "+33 1", features: { mobile: true }, contexts: { private: true } } },
    addresses: {
      a: {
        components: [
          { kind: "number", value: "3" },
          { kind: "name", value: "rue Haute" },
          { kind: "locality", value: "Lyon" },
          { kind: "postcode", value: "69001" },
        ],
      },
    },
    anniversaries: { b: { kind: "birth", date: { month: 3, day: 9 } } },
    notes: { n: { note: "one\ntwo" } },
    vCardProps: [["x-foo", { group: "g" }, "text", "bar"]],
  });
  expect(written).toEqual([
    "BEGIN:VCARD",
    "VERSION:4.0",
    "UID:urn:uuid:1",
    "FN:Dr. Ana Lima\\, PhD",
    "N:Lima\\; the second;Ana;;;",
    "ORG:Atelier\\, Lyon;Bois",
    "EMAIL;TYPE=work;PREF=1:a@b.example",
    "item1.EMAIL:c@d.example",
    "item1.X-ABLabel:Boat",
    "TEL;TYPE=cell,home:+33 1",
    "ADR:;;3 rue Haute;Lyon;;69001;",
    "BDAY:--0309",
    "NOTE:one\\ntwo",
    "g.X-FOO:bar",
    "END:VCARD",
  ]);
});

it("folds lines at 75 octets and never within a character", () => {
  const text = writeVCard({ name: { full: "é".repeat(100) } });
  for (const line of text.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  expect(text.replace(/\r\n /g, "")).toContain(`FN:${"é".repeat(100)}`);
});
