import type { Anniversary, Card, CardAddress, PartialDate } from "../../../lib/jmap/contacts";

/** The form writes on a copy of the card itself: what it does not show stays as it is. */

/** A key for a new entry of a map, unlike those that are there. */
export function newKey(map: object | undefined, prefix: string): string {
  for (let at = 1; ; at++) if (!map || !(`${prefix}${at}` in map)) return `${prefix}${at}`;
}

/** An entry set, or with null taken away. Entries keep their order. */
export function withEntry<T>(map: Record<string, T> | undefined, key: string, value: T | null): Record<string, T> {
  const copy = { ...map };
  if (value === null) delete copy[key];
  else copy[key] = value;
  return copy;
}

/** What is left when rows that nothing was written in are gone. */
export function cleaned(card: Card): Card {
  const copy: Card = { ...card };
  const keep = <K extends keyof Card>(name: K, isThere: (value: never) => boolean) => {
    const map = card[name] as Record<string, unknown> | undefined;
    if (!map) return;
    const entries = Object.entries(map).filter(([, value]) => isThere(value as never));
    if (entries.length === Object.keys(map).length && entries.length > 0) return;
    if (entries.length === 0) delete copy[name];
    else (copy as Record<string, unknown>)[name as string] = Object.fromEntries(entries);
  };
  keep("emails", ({ address }: { address: string }) => address.trim() !== "");
  keep("phones", ({ number }: { number: string }) => number.trim() !== "");
  keep("nicknames", ({ name }: { name: string }) => name.trim() !== "");
  keep("titles", ({ name }: { name: string }) => name.trim() !== "");
  keep("links", ({ uri }: { uri: string }) => uri.trim() !== "");
  keep("notes", ({ note }: { note: string }) => note.trim() !== "");
  keep("organizations", ({ name, units }: { name?: string; units?: { name: string }[] }) =>
    Boolean(name?.trim() || units?.some((unit) => unit.name.trim())),
  );
  keep("onlineServices", ({ uri, user }: { uri?: string; user?: string }) => Boolean(uri?.trim() || user?.trim()));
  keep("addresses", (address: CardAddress) => addressIsThere(address));
  keep("anniversaries", ({ date }: Anniversary) => "utc" in date || Boolean(date.year || (date.month && date.day)));
  keep("media", () => true);
  return copy;
}

function addressIsThere(address: CardAddress): boolean {
  return Boolean(
    address.full?.trim() ||
      address.components?.some(({ kind, value }) => kind !== "separator" && value.trim()) ||
      address.countryCode,
  );
}

export function isEmpty(card: Card): boolean {
  const names = ["name", "nicknames", "organizations", "titles", "emails", "phones", "onlineServices", "addresses"];
  const more = ["anniversaries", "links", "notes", "media"];
  return [...names, ...more].every((name) => card[name] === undefined);
}

/** One part of a postal address set; those the form does not show stay, and `full`, which would contradict, goes. */
export function withAddressPart(address: CardAddress, kind: string, value: string): CardAddress {
  const before = address.components ?? [];
  const at = before.findIndex((component) => component.kind === kind);
  const components =
    at < 0
      ? [...before, { kind, value }]
      : before.flatMap((component, index) => {
          if (component.kind !== kind) return [component];
          return index === at ? [{ ...component, value }] : [];
        });
  const { full: _, ...rest } = address;
  return { ...rest, components: components.filter((component) => component.value !== "") };
}

/** Number and street as one writes them; written anew, they are one component. */
export function withStreet(address: CardAddress, value: string): CardAddress {
  const components = (address.components ?? []).filter(({ kind }) => kind !== "number" && kind !== "separator");
  return withAddressPart({ ...address, components }, "name", value);
}

export function streetOf(address: CardAddress): string {
  if (!address.components?.length) return address.full?.replace(/\s*\n\s*/g, ", ") ?? "";
  return [addressPart(address, "number"), addressPart(address, "name")].filter(Boolean).join(" ");
}

export function addressPart(address: CardAddress, kind: string): string {
  return (address.components ?? [])
    .filter((component) => component.kind === kind)
    .map(({ value }) => value)
    .join(" ");
}

/** The address in the lines of an envelope. */
export function addressLines(address: CardAddress): string[] {
  const part = (kind: string) => addressPart(address, kind);
  const words = (...kinds: string[]) => kinds.map(part).filter(Boolean).join(" ");
  if (!address.components?.length) return address.full?.split(/\r?\n/).filter((line) => line.trim()) ?? [];
  return [
    words("room", "apartment", "floor", "building"),
    words("number", "name", "block", "direction"),
    words("landmark", "subdistrict", "district"),
    part("postOfficeBox"),
    words("postcode", "locality"),
    part("region"),
    part("country"),
  ].filter(Boolean);
}

/** As people of a language write it; what is not known of it is left out. */
export function formatPartialDate(date: PartialDate, language: string): string {
  const { year, month, day } = date;
  const tag = language === "en" ? "en-GB" : language;
  const when = new Date(Date.UTC(year ?? 2000, (month ?? 1) - 1, day ?? 1));
  when.setUTCFullYear(year ?? 2000);
  const options: Intl.DateTimeFormatOptions = { timeZone: "UTC" };
  if (year) options.year = "numeric";
  if (month) options.month = "long";
  if (day && month) options.day = "numeric";
  return Object.keys(options).length > 1 ? new Intl.DateTimeFormat(tag, options).format(when) : "";
}

/** Whole years since a date of which the year is known. */
export function yearsSince(date: PartialDate, now = new Date()): number | null {
  const { year, month, day } = date;
  if (!year || !month || !day) return null;
  const hadIt = now.getMonth() + 1 > month || (now.getMonth() + 1 === month && now.getDate() >= day);
  return now.getFullYear() - year - (hadIt ? 0 : 1);
}
