import type { Card } from "../../../lib/jmap/contacts";
import { newKey } from "./edit";
import { plain, withComponent } from "./names";

/** Tables of contacts, as Google, Outlook and spreadsheets export them. */

export interface Table {
  heads: string[];
  rows: { line: number; cells: string[] }[];
}

/** RFC 4180, with the separator that its first line speaks for. */
export function readCsv(text: string): Table {
  const body = text.replace(/^\uFEFF/, "");
  const firstLine = body.split(/\r?\n/, 1)[0] ?? "";
  const separator = [",", ";", "\t"].toSorted((a, b) => count(firstLine, b) - count(firstLine, a))[0] ?? ",";
  const rows: Table["rows"] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let startedAt = 1;
  const endRow = () => {
    cells.push(cell);
    if (cells.some((each) => each.trim())) rows.push({ line: startedAt, cells: cells.map((each) => each.trim()) });
    cells = [];
    cell = "";
  };
  for (let at = 0; at < body.length; at++) {
    const character = body[at] ?? "";
    if (character === "\n") line++;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (body[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === "") {
      quoted = true;
      cell = "";
    } else if (character === separator) {
      cells.push(cell);
      cell = "";
    } else if (character === "\n") {
      endRow();
      startedAt = line;
    } else if (character !== "\r") cell += character;
  }
  endRow();
  const [head, ...others] = rows;
  return { heads: head?.cells ?? [], rows: others };
}

/** What a column may hold. */
export const csvFields = [
  "full",
  "given",
  "given2",
  "surname",
  "nickname",
  "organization",
  "unit",
  "role",
  "email",
  "emailWork",
  "phone",
  "mobile",
  "phoneWork",
  "street",
  "postcode",
  "locality",
  "region",
  "country",
  "birthday",
  "link",
  "note",
] as const;

export type CsvField = (typeof csvFields)[number];

/** Plain words of the heads that well-known programs write, in English and French. */
const known: [RegExp, CsvField][] = [
  [/^(e-?mail|adresse).*(work|pro|travail|bureau)/, "emailWork"],
  [/^(e-?mail|courriel|adresse (e-?mail|electronique|de messagerie)|mail)\b(?!.*(type|label|nom|display))/, "email"],
  [/(mobile|portable|cell)/, "mobile"],
  [/(business|work|bureau|pro).*(phone|tel)|(phone|tel).*(bureau|pro\b|work)/, "phoneWork"],
  [/^(phone|telephone|tel|numero|home phone|primary phone)\b(?!.*(type|label))/, "phone"],
  [/^(first name|given name|prenom)$/, "given"],
  [/^(middle name|additional name|deuxieme prenom)$/, "given2"],
  [/^(last name|family name|surname|nom de famille|nom)$/, "surname"],
  [/^(name|full name|display name|file as|nom complet|nom affiche|nom et prenom)$/, "full"],
  [/^(nickname|surnom)$/, "nickname"],
  [/^(organi[sz]ation( name| 1 - name)?|company|societe|entreprise|organisation)$/, "organization"],
  [/^(department|organi[sz]ation department|organization 1 - department|service)$/, "unit"],
  [/^(job title|title|organi[sz]ation title|organization 1 - title|fonction|titre|poste)$/, "role"],
  [/(street|rue)(?!.*\d$)|^(address|adresse)$/, "street"],
  [/(postal code|postcode|zip|code postal)/, "postcode"],
  [/(city|town|ville|locality)/, "locality"],
  [/(region|state|province)/, "region"],
  [/(country|pays)/, "country"],
  [/(birthday|anniversaire|date de naissance)/, "birthday"],
  [/(web|site|url)(?!.*(type|label))/, "link"],
  [/^(notes?|remarques?|commentaires?)$/, "note"],
];

/** The field each column seems to hold, null for none. */
export function guessColumns(heads: string[]): (CsvField | null)[] {
  return heads.map((head) => {
    const words = plain(head).trim();
    if (/(type|label)$/.test(words)) return null;
    return known.find(([pattern]) => pattern.test(words))?.[1] ?? null;
  });
}

/** The card of a row; null when nothing in it was taken. */
export function cardOfRow(cells: string[], columns: (CsvField | null)[]): Card | null {
  const card: Card = { "@type": "Card", version: "1.0" };
  const put = (property: keyof Card, prefix: string, value: object) => {
    const map = (card[property] ?? {}) as Record<string, object>;
    map[newKey(map, prefix)] = value;
    (card as Record<string, unknown>)[property as string] = map;
  };
  const address: { kind: string; value: string }[] = [];
  const organization: { name?: string; units?: { name: string }[] } = {};
  for (const [at, field] of columns.entries()) {
    // Google writes several values in one cell so.
    for (const value of (cells[at] ?? "").split(" ::: ").filter(Boolean)) {
      if (field === "given" || field === "given2" || field === "surname")
        card.name = withComponent(card.name, field, value);
      else if (field === "full") {
        if (!card.name) card.name = { full: value };
      } else if (field === "nickname") put("nicknames", "n", { name: value });
      else if (field === "organization") organization.name = value;
      else if (field === "unit") organization.units = [{ name: value }];
      else if (field === "role") put("titles", "t", { name: value, kind: "title" });
      else if (field === "email") put("emails", "e", { address: value });
      else if (field === "emailWork") put("emails", "e", { address: value, contexts: { work: true } });
      else if (field === "phone") put("phones", "p", { number: value });
      else if (field === "mobile") put("phones", "p", { number: value, features: { mobile: true } });
      else if (field === "phoneWork") put("phones", "p", { number: value, contexts: { work: true } });
      else if (field === "street") address.push({ kind: "name", value });
      else if (field === "postcode" || field === "locality" || field === "region" || field === "country")
        address.push({ kind: field, value });
      else if (field === "birthday") {
        const date = birthdayOf(value);
        if (date) put("anniversaries", "d", { kind: "birth", date });
      } else if (field === "link") put("links", "l", { uri: /^\w+:/.test(value) ? value : `https://${value}` });
      else if (field === "note") put("notes", "n", { note: value });
    }
  }
  if (address.length > 0) put("addresses", "a", { components: address });
  if (Object.keys(organization).length > 0) put("organizations", "o", organization);
  return Object.keys(card).length > 2 ? card : null;
}

/** 1984-05-12, and 12/05/1984 as Europe writes it. */
function birthdayOf(text: string): { year?: number; month: number; day: number } | null {
  const iso = /^(\d{4}|-)-(\d\d?)-(\d\d?)/.exec(text);
  const european = /^(\d\d?)[/.](\d\d?)[/.](\d{4})$/.exec(text);
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]].map(Number)
    : european
      ? [european[3], european[2], european[1]].map(Number)
      : [];
  if (!month || !day || month > 12 || day > 31) return null;
  return { ...(year ? { year } : {}), month, day };
}

function count(text: string, part: string): number {
  return text.split(part).length;
}
