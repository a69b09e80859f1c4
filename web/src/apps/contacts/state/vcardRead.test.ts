import { describe, expect, it } from "vitest";
import { cardOfRow, guessColumns, readCsv } from "./csv";
import { readVCards } from "./vcardRead";
import { writeVCard } from "./vcardWrite";

const read = (...lines: string[]) => readVCards(["BEGIN:VCARD", ...lines, "END:VCARD"].join("\r\n"));
const one = (...lines: string[]) => {
  const [found] = read(...lines);
  if (!found || "error" in found) throw new Error(found?.error);
  return found.card;
};

describe("vCard files", () => {
  it("are read with labels, kinds, folded lines and what has no word of its own", () => {
    expect(
      one(
        "VERSION:3.0",
        "N:Lima;Ana;Rosa;Dr.;",
        "FN:Dr. Ana Ro",
        " sa Lima",
        "EMAIL;TYPE=INTERNET,WORK;TYPE=pref:a@b.example",
        "item1.TEL;TYPE=CELL:+33 1",
        "item1.X-ABLabel:Boat",
        "ADR;TYPE=home:;;3\\, rue Haute;Lyon;;69001;France",
        "BDAY:1604-03-09",
        "X-FOO;X-P=1:bar",
      ),
    ).toEqual({
      "@type": "Card",
      version: "1.0",
      name: {
        full: "Dr. Ana Rosa Lima",
        isOrdered: true,
        components: [
          { kind: "title", value: "Dr." },
          { kind: "given", value: "Ana" },
          { kind: "given2", value: "Rosa" },
          { kind: "surname", value: "Lima" },
        ],
      },
      emails: { e1: { address: "a@b.example", contexts: { work: true }, pref: 1 } },
      phones: { p1: { number: "+33 1", features: { mobile: true }, label: "Boat" } },
      addresses: {
        a1: {
          contexts: { private: true },
          components: [
            { kind: "name", value: "3, rue Haute" },
            { kind: "locality", value: "Lyon" },
            { kind: "postcode", value: "69001" },
            { kind: "country", value: "France" },
          ],
        },
      },
      anniversaries: { d1: { kind: "birth", date: { month: 3, day: 9 } } },
      vCardProps: [["x-foo", { "x-p": "1" }, "unknown", "bar"]],
    });
  });

  it("of phones of old are read: quoted-printable, types without a name, pictures in lines", () => {
    const card = one(
      "VERSION:2.1",
      "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:L=C3=A9on;Zo=",
      "=C3=A9;;;",
      "TEL;CELL;PREF:0612",
      "PHOTO;ENCODING=BASE64;JPEG:/9j/",
      " 4AAQ",
    );
    expect(card.name?.components).toEqual([
      { kind: "given", value: "Zoé" },
      { kind: "surname", value: "Léon" },
    ]);
    expect(card.phones).toEqual({ p1: { number: "0612", features: { mobile: true }, pref: 1 } });
    expect(card.media?.["m1"]?.uri).toBe("data:image/jpeg;base64,/9j/4AAQ");
  });

  it("say what is refused, and where", () => {
    const text =
      "BEGIN:VCARD\nVERSION:3.0\nNOTE:x\nEND:VCARD\nBEGIN:VCARD\nFN:A\nno colon here\nEND:VCARD\nBEGIN:VCARD\nFN:B\n";
    expect(readVCards(text)).toEqual([
      { line: 1, error: "noName" },
      { line: 5, error: "badLine" },
      { line: 9, error: "noEnd" },
    ]);
    expect(readVCards("hello\nworld")).toEqual([{ line: 1, error: "notVCard" }]);
  });

  it("come back as they went", () => {
    const card = one(
      "VERSION:4.0",
      "UID:urn:uuid:1",
      "FN:Ana Lima",
      "N:Lima;Ana;;;",
      "ORG:Atelier;Bois",
      "EMAIL;TYPE=work:a@b.example",
      "NOTE:one\\, two\\nthree",
      "X-FOO:bar",
    );
    const again = readVCards(writeVCard(card))[0];
    expect(again && "card" in again && again.card).toEqual(card);
  });
});

describe("tables", () => {
  const text =
    '\uFEFFPrénom;Nom;E-mail;Téléphone portable;Notes\nAna;Lima;a@b.example;06 12;"une; ""deux""\ntrois"\n;;;;\nBob;;;;\n';

  it("are read by the separator they use, quotes and lines within cells included", () => {
    const table = readCsv(text);
    expect(table.rows.map(({ line }) => line)).toEqual([2, 5]);
    expect(table.rows[0]?.cells[4]).toBe('une; "deux"\ntrois');
  });

  it("are understood by their heads", () => {
    const table = readCsv(text);
    const columns = guessColumns(table.heads);
    expect(columns).toEqual(["given", "surname", "email", "mobile", "note"]);
    expect(cardOfRow(table.rows[0]?.cells ?? [], columns)).toMatchObject({
      name: { full: "Ana Lima" },
      emails: { e1: { address: "a@b.example" } },
      phones: { p1: { number: "06 12", features: { mobile: true } } },
    });
    expect(cardOfRow(["", "x"], ["given", null])).toBeNull();
  });

  it("of Google and Outlook are understood", () => {
    expect(
      guessColumns(["First Name", "E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Value", "Organization Name"]),
    ).toEqual(["given", null, "email", "phone", "organization"]);
    expect(
      guessColumns(["Last Name", "E-mail Address", "Mobile Phone", "Business Phone", "Company", "Job Title"]),
    ).toEqual(["surname", "email", "mobile", "phoneWork", "organization", "role"]);
  });
});
