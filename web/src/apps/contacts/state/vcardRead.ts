import type {
  Card,
  CardAddress,
  Labelled,
  NameComponent,
  PartialDate,
  VCardProperty,
} from "../../../lib/jmap/contacts";
import { newKey } from "./edit";
import { type ContentLine, contentLines, textOf, valuesOf } from "./vcardLines";

/** A card of a file, or why it was refused. */
export type ReadCard = { line: number; card: Card } | { line: number; error: ReadError };

export type ReadError = "notVCard" | "noEnd" | "noName" | "badLine";

const surnames = ["surname", "given", "given2", "title", "credential"];
const addressParts = ["postOfficeBox", "apartment", "name", "locality", "region", "postcode", "country"];

/** Every card of a vCard file, of versions 2.1, 3.0 and 4.0, as JSContact (RFC 9555); what it has no word for is kept. */
export function readVCards(text: string): ReadCard[] {
  const found: ReadCard[] = [];
  let open: { line: number; lines: ContentLine[]; error: ReadError | null } | null = null;
  for (const entry of contentLines(text)) {
    if (entry === null) continue;
    const { line, parsed } = entry;
    if (parsed?.name === "BEGIN" && parsed.value.toUpperCase() === "VCARD") {
      if (open) found.push({ line: open.line, error: "noEnd" });
      open = { line, lines: [], error: null };
    } else if (parsed?.name === "END" && parsed.value.toUpperCase() === "VCARD" && open) {
      found.push(open.error ? { line: open.line, error: open.error } : cardOf(open.line, open.lines));
      open = null;
    } else if (!open) {
      if (found.at(-1) === undefined || !("error" in (found.at(-1) ?? {}))) found.push({ line, error: "notVCard" });
    } else if (parsed) open.lines.push(parsed);
    else open.error ??= "badLine";
  }
  if (open) found.push({ line: open.line, error: "noEnd" });
  return found;
}

function cardOf(line: number, lines: ContentLine[]): ReadCard {
  const card: Card = { "@type": "Card", version: "1.0" };
  const labels = new Map(
    lines.filter(({ name, group }) => name === "X-ABLABEL" && group).map((each) => [each.group, textOf(each)]),
  );
  const kept: VCardProperty[] = [];
  const put = <T extends object>(property: keyof Card, prefix: string, value: T) => {
    const map = (card[property] ?? {}) as Record<string, T>;
    map[newKey(map, prefix)] = value;
    (card as Record<string, unknown>)[property as string] = map;
  };
  const labelled = (of: ContentLine): Labelled & { features?: Record<string, boolean> } => {
    const types = of.types;
    const made: Labelled & { features?: Record<string, boolean> } = {};
    const contexts = {
      ...(types.includes("home") && { private: true }),
      ...(types.includes("work") && { work: true }),
    };
    if (Object.keys(contexts).length > 0) made.contexts = contexts;
    const pref = Number.parseInt(of.parameters["PREF"]?.[0] ?? "", 10);
    if (pref >= 1 && pref <= 100) made.pref = pref;
    else if (types.includes("pref")) made.pref = 1;
    const label = of.group ? labels.get(of.group) : undefined;
    // Apple writes its own usual words as _$!<Home>!$_.
    const apple = /^_\$!<(.*)>!\$_$/.exec(label ?? "")?.[1]?.toLowerCase();
    if (apple === "home") made.contexts = { private: true };
    else if (apple === "work") made.contexts = { work: true };
    else if (label && apple !== "other") made.label = apple ?? label;
    return made;
  };

  for (const each of lines) {
    const text = textOf(each);
    switch (each.name) {
      case "VERSION":
      case "PRODID":
      case "X-ABLABEL":
        break;
      case "UID":
        if (text) card.uid = text;
        break;
      case "KIND":
      case "X-ADDRESSBOOKSERVER-KIND":
        card.kind = text.toLowerCase();
        break;
      case "FN":
        if (text) card.name = { ...card.name, full: text };
        break;
      case "N": {
        const components = valuesOf(each).flatMap((values, at): NameComponent[] =>
          values.filter(Boolean).map((value) => ({ kind: surnames[at] ?? "credential", value })),
        );
        const order = ["title", "given", "given2", "surname", "credential"];
        components.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
        if (components.length > 0) card.name = { ...card.name, components, isOrdered: true };
        break;
      }
      case "NICKNAME":
        for (const name of valuesOf(each)[0] ?? []) if (name) put("nicknames", "n", { name });
        break;
      case "ORG": {
        const [name = "", ...units] = valuesOf(each).map((values) => values.join(", "));
        const named = units.filter(Boolean).map((unit) => ({ name: unit }));
        if (name || named.length > 0)
          put("organizations", "o", { ...(name && { name }), ...(named.length > 0 && { units: named }) });
        break;
      }
      case "TITLE":
      case "ROLE":
        if (text) put("titles", "t", { name: text, kind: each.name === "ROLE" ? "role" : "title" });
        break;
      case "EMAIL":
        if (text) put("emails", "e", { address: text, ...labelled(each) });
        break;
      case "TEL": {
        const names: Record<string, string> = { cell: "mobile", iphone: "mobile", main: "main-number" };
        const known = ["voice", "fax", "pager", "text", "textphone", "video", "mobile", "main-number"];
        const features = each.types.map((type) => names[type] ?? type).filter((type) => known.includes(type));
        const number = text.replace(/^tel:/i, "");
        if (number)
          put("phones", "p", {
            number,
            ...(features.length > 0 && { features: Object.fromEntries(features.map((type) => [type, true])) }),
            ...labelled(each),
          });
        break;
      }
      case "ADR": {
        const components = valuesOf(each).flatMap((values, at): NameComponent[] => {
          const kind = addressParts[at];
          const value = values.filter(Boolean).join(", ");
          return kind && value ? [{ kind, value }] : [];
        });
        const full = each.parameters["LABEL"]?.[0]?.replace(/\\n/gi, "\n");
        const address: CardAddress = {
          ...labelled(each),
          ...(components.length > 0 && { components }),
          ...(full && { full }),
        };
        if (components.length > 0 || full) put("addresses", "a", address);
        break;
      }
      case "BDAY":
      case "ANNIVERSARY":
      case "DEATHDATE": {
        const date = dateOf(text);
        const kind = { BDAY: "birth", ANNIVERSARY: "wedding", DEATHDATE: "death" }[each.name];
        if (date) put("anniversaries", "d", { kind, date });
        else kept.push(keptOf(each));
        break;
      }
      case "URL":
        if (text) put("links", "l", { uri: text, ...labelled(each) });
        break;
      case "IMPP":
        if (text) put("onlineServices", "s", { uri: text, ...labelled(each) });
        break;
      case "X-SOCIALPROFILE":
      case "SOCIALPROFILE": {
        const service = each.parameters["SERVICE-TYPE"]?.[0] ?? each.types.find((type) => type !== "pref");
        const isUri = /^[a-z][a-z0-9+.-]*:/i.test(text);
        if (text)
          put("onlineServices", "s", { ...(service && { service }), ...(isUri ? { uri: text } : { user: text }) });
        break;
      }
      case "NOTE":
        if (text) put("notes", "n", { note: text });
        break;
      case "CATEGORIES":
        for (const keyword of valuesOf(each)[0] ?? [])
          if (keyword) card.keywords = { ...card.keywords, [keyword]: true };
        break;
      case "MEMBER":
      case "X-ADDRESSBOOKSERVER-MEMBER":
        if (text) card.members = { ...card.members, [text]: true };
        break;
      case "PHOTO":
      case "LOGO": {
        const uri = pictureOf(each, text);
        if (uri) put("media", "m", { kind: each.name === "LOGO" ? "logo" : "photo", ...uri });
        break;
      }
      case "REV":
        break;
      default:
        kept.push(keptOf(each));
    }
  }
  if (kept.length > 0) card.vCardProps = kept;
  const isCalled = card.name || card.organizations || card.nicknames || card.emails || card.phones;
  return isCalled ? { line, card } : { line, error: "noName" };
}

function pictureOf(line: ContentLine, text: string): { uri: string; mediaType: string } | null {
  const data = /^data:(image\/[\w.+-]+)[;,]/i.exec(text);
  if (data) return { uri: text, mediaType: data[1] ?? "image/jpeg" };
  const encoding = line.parameters["ENCODING"]?.[0]?.toLowerCase();
  if (encoding !== "b" && encoding !== "base64") return null;
  const named = line.types.find((type) => ["jpeg", "jpg", "png", "gif", "webp"].includes(type)) ?? "jpeg";
  const mediaType = `image/${named === "jpg" ? "jpeg" : named}`;
  return { uri: `data:${mediaType};base64,${line.value.replace(/\s/g, "")}`, mediaType };
}

/** RFC 6350 §4.3.1, and the longer form of vCard 3. */
function dateOf(text: string): PartialDate | null {
  const day = text.replace(/T.*$/, "");
  const found = /^(\d{4}|--)-?(\d\d)-?(\d\d)$/.exec(day) ?? /^(\d{4}|--)-?(\d\d)$/.exec(day) ?? /^(\d{4})$/.exec(day);
  if (!found) return null;
  const [, year, month, date] = found;
  const made: PartialDate = {};
  // 1604 is how Apple says that the year is not known.
  if (year && year !== "--" && year !== "1604") made.year = Number(year);
  if (month) made.month = Number(month);
  if (date) made.day = Number(date);
  return (made.month ?? 1) > 12 || (made.day ?? 1) > 31 ? null : made;
}

/** RFC 9555 §3.2.1. */
function keptOf({ group, name, parameters, value }: ContentLine): VCardProperty {
  const lower: Record<string, string | string[]> = group ? { group } : {};
  for (const [key, values] of Object.entries(parameters))
    if (key !== "ENCODING" && key !== "CHARSET")
      lower[key.toLowerCase()] = values.length === 1 ? (values[0] ?? "") : values;
  return [name.toLowerCase(), lower, "unknown", value];
}
