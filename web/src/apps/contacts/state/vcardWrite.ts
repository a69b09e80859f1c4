import type { Card, Labelled, PartialDate } from "../../../lib/jmap/contacts";
import { addressPart } from "./edit";
import { componentOf, displayName, entriesOf, fullName } from "./names";

/** A card as vCard 4.0 (RFC 6350), by the rules of RFC 9555; what JSContact kept of a vCard is written as it was. */
export function writeVCard(card: Card): string {
  const lines: string[] = ["BEGIN:VCARD", "VERSION:4.0"];
  const put = (name: string, value: string, ...parameters: string[]) => {
    if (value !== "") lines.push(`${[name, ...parameters.filter(Boolean)].join(";")}:${value}`);
  };
  const labelled = (name: string, value: string, entry: Labelled, ...parameters: string[]) => {
    const types = Object.keys(entry.contexts ?? {}).map((context) => (context === "private" ? "home" : context));
    const pref = entry.pref ? `PREF=${entry.pref}` : "";
    const type = types.length > 0 ? `TYPE=${types.map(parameter).join(",")}` : "";
    if (!entry.label) {
      put(name, value, type, pref, ...parameters);
      return;
    }
    group++;
    put(`item${group}.${name}`, value, type, pref, ...parameters);
    put(`item${group}.X-ABLabel`, text(entry.label));
  };
  let group = 0;

  put("UID", card.uid ?? "");
  if (card.kind && card.kind !== "individual") put("KIND", text(card.kind));
  put("FN", text(fullName(card.name) || displayName(card)));
  if (card.name?.components?.length) {
    const part = (kind: string) => component(componentOf(card.name, kind));
    const surnames = [part("surname"), part("surname2")].filter(Boolean).join(",");
    const suffixes = [part("generation"), part("credential")].filter(Boolean).join(",");
    put("N", [surnames, part("given"), part("given2"), part("title"), suffixes].join(";"));
  }
  for (const [, { name }] of entriesOf(card.nicknames)) put("NICKNAME", text(name));
  for (const [, { name, units }] of entriesOf(card.organizations))
    put("ORG", [name ?? "", ...(units ?? []).map((unit) => unit.name)].map(component).join(";"));
  for (const [, title] of entriesOf(card.titles)) put(title.kind === "role" ? "ROLE" : "TITLE", text(title.name));
  for (const [, email] of entriesOf(card.emails)) labelled("EMAIL", text(email.address), email);
  for (const [, phone] of entriesOf(card.phones)) {
    const features = Object.keys(phone.features ?? {}).map((feature) => (feature === "mobile" ? "cell" : feature));
    const types = [
      ...features,
      ...Object.keys(phone.contexts ?? {}).map((each) => (each === "private" ? "home" : each)),
    ];
    const { contexts: _, ...rest } = phone;
    labelled("TEL", text(phone.number), rest, types.length > 0 ? `TYPE=${types.map(parameter).join(",")}` : "");
  }
  for (const [, service] of entriesOf(card.onlineServices)) {
    const named = service.service ? [`SERVICE-TYPE=${parameter(service.service)}`] : [];
    const user = service.user ? [`USERNAME=${parameter(service.user)}`] : [];
    labelled(
      "SOCIALPROFILE",
      service.uri ?? text(service.user ?? ""),
      service,
      ...named,
      ...(service.uri ? user : ["VALUE=text"]),
    );
  }
  for (const [, address] of entriesOf(card.addresses)) {
    const part = (...kinds: string[]) =>
      component(
        kinds
          .map((kind) => addressPart(address, kind))
          .filter(Boolean)
          .join(" "),
      );
    const value = [
      part("postOfficeBox"),
      part("room", "apartment", "floor", "building"),
      part("number", "name"),
      part("locality"),
      part("region"),
      part("postcode"),
      part("country"),
    ];
    const isThere = value.some(Boolean);
    if (isThere || address.full)
      labelled(
        "ADR",
        isThere ? value.join(";") : ";;;;;;",
        address,
        address.full ? `LABEL=${parameter(address.full)}` : "",
        address.countryCode ? `CC=${parameter(address.countryCode)}` : "",
      );
  }
  for (const { kind, date } of Object.values(card.anniversaries ?? {})) {
    const name = { birth: "BDAY", wedding: "ANNIVERSARY", death: "DEATHDATE" }[kind];
    if (name)
      put(
        name,
        "utc" in date ? date.utc.replace(/[-:]|\.\d+/g, "") : dateText(date),
        "utc" in date ? "VALUE=timestamp" : "",
      );
  }
  for (const [, link] of entriesOf(card.links)) labelled("URL", link.uri, link);
  for (const [, media] of entriesOf(card.media))
    if (media.uri) put({ photo: "PHOTO", logo: "LOGO", sound: "SOUND" }[media.kind], media.uri);
  for (const { note } of Object.values(card.notes ?? {})) put("NOTE", text(note));
  const keywords = Object.keys(card.keywords ?? {});
  put("CATEGORIES", keywords.map(text).join(","));
  for (const uid of Object.keys(card.members ?? {})) put("MEMBER", uid);
  if (card.updated) put("REV", card.updated.replace(/[-:]|\.\d+/g, ""));
  for (const [name, parameters, type, value] of card.vCardProps ?? []) {
    if (typeof value !== "string") continue;
    const { group: named, ...others } = parameters;
    const written = Object.entries(others).map(
      ([key, each]) => `${key.toUpperCase()}=${[each].flat().map(parameter).join(",")}`,
    );
    put(`${named ? `${named}.` : ""}${name.toUpperCase()}`, type === "unknown" ? value : text(value), ...written);
  }
  lines.push("END:VCARD");
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** RFC 6350 §3.4. */
function text(value: string): string {
  return value.replace(/\\/g, "\\\\").replace(/,/g, "\\,").replace(/\r?\n/g, "\\n");
}

function component(value: string): string {
  return text(value).replace(/;/g, "\\;");
}

/** RFC 6868 for what a parameter may not hold as it is. */
function parameter(value: string): string {
  const safe = value.replace(/\^/g, "^^").replace(/"/g, "^'").replace(/\r?\n/g, "^n");
  return /[,;:]/.test(safe) ? `"${safe}"` : safe;
}

/** RFC 6350 §4.3.1: what is not known is left out or said by dashes. */
function dateText({ year, month, day }: PartialDate): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const years = year ? String(year).padStart(4, "0") : "--";
  if (month && day) return `${years}${two(month)}${two(day)}`;
  if (month) return year ? `${years}-${two(month)}` : `--${two(month)}`;
  if (day) return `---${two(day)}`;
  return year ? years : "";
}

/** Lines of at most 75 octets, never cut within a character (RFC 6350 §3.2). */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let made = "";
  let octets = 0;
  for (const character of line) {
    const length = encoder.encode(character).length;
    if (octets + length > 75) {
      made += "\r\n ";
      octets = 1;
    }
    made += character;
    octets += length;
  }
  return made;
}
