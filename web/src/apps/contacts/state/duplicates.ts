import type { Card, ContactCard } from "../../../lib/jmap/contacts";
import { newKey } from "./edit";
import type { Entry } from "./listing";
import { plain } from "./names";

/** Who may be there twice, and what becomes of them as one. */

export type Reason = "email" | "phone" | "name";

export interface Pair {
  one: Entry;
  other: Entry;
  reason: Reason;
}

/** Pairs that share an address, a number or a name; each card with its nearest only, so that none is asked about twice. */
export function duplicatePairs(entries: readonly Entry[]): Pair[] {
  const people = entries.filter(({ card }) => card.kind !== "group");
  const paired = new Set<string>();
  const pairs: Pair[] = [];
  const look = (reason: Reason, keysOf: (entry: Entry) => string[]) => {
    const byKey = new Map<string, Entry>();
    for (const entry of people) {
      for (const key of keysOf(entry)) {
        const one = byKey.get(key);
        if (!one || one === entry || paired.has(one.card.id)) byKey.set(key, entry);
        else if (!paired.has(entry.card.id)) {
          paired.add(one.card.id).add(entry.card.id);
          pairs.push({ one, other: entry, reason });
        }
      }
    }
  };
  look("email", ({ card }) => Object.values(card.emails ?? {}).map(({ address }) => address.trim().toLowerCase()));
  look("phone", ({ card }) => Object.values(card.phones ?? {}).flatMap(({ number }) => numberKey(number) ?? []));
  look("name", ({ name, card }) => (card.name ? [nameKey(name)].filter(Boolean) : []));
  return pairs;
}

/** The last nine digits: what is left of a number whether its country is written or not. */
export function numberKey(number: string): string | null {
  const digits = number.replace(/\D/g, "");
  return digits.length < 8 ? null : digits.slice(-9);
}

/** The words of a name in order of the alphabet: "Lima Ana" is "Ana Lima". */
function nameKey(name: string): string {
  const words = plain(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return words.length < 2 ? "" : words.toSorted().join(" ");
}

const maps = [
  "nicknames",
  "organizations",
  "titles",
  "emails",
  "phones",
  "onlineServices",
  "addresses",
  "anniversaries",
  "links",
  "media",
  "notes",
] as const;

/**
 * The two as one: all that the first has, and of the second what the first has not. Nothing of either is lost but a
 * second name, and a second photo or birthday, of which there is one.
 */
export function merged(one: ContactCard, other: ContactCard): ContactCard {
  const made: ContactCard = { ...one, addressBookIds: { ...one.addressBookIds } };
  for (const [name, value] of Object.entries(other)) if (made[name] === undefined) (made as Card)[name] = value;
  for (const name of maps) {
    const mine = one[name] as Record<string, object> | undefined;
    const theirs = other[name] as Record<string, object> | undefined;
    if (!mine || !theirs) continue;
    const map = { ...mine };
    const known = new Set(Object.values(mine).map((value) => keyOf(name, value)));
    for (const [id, value] of Object.entries(theirs)) {
      const key = keyOf(name, value);
      if (known.has(key)) continue;
      known.add(key);
      // A second one preferred above all would say nothing.
      const { pref: _, ...rest } = value as { pref?: number };
      map[id in map ? newKey(map, name.slice(0, 1)) : id] = rest;
    }
    (made as Record<string, unknown>)[name] = map;
  }
  if (one.keywords && other.keywords) made.keywords = { ...other.keywords, ...one.keywords };
  if (one.vCardProps && other.vCardProps) {
    const known = new Set(one.vCardProps.map((each) => JSON.stringify(each)));
    made.vCardProps = [...one.vCardProps, ...other.vCardProps.filter((each) => !known.has(JSON.stringify(each)))];
  }
  return made;
}

function keyOf(map: (typeof maps)[number], value: object): string {
  const entry = value as Record<string, unknown>;
  switch (map) {
    case "emails":
      return String(entry["address"]).trim().toLowerCase();
    case "phones":
      return numberKey(String(entry["number"])) ?? String(entry["number"]);
    case "media":
    case "anniversaries":
      return String(entry["kind"]);
    case "links":
      return String(entry["uri"]).replace(/\/$/, "");
    default: {
      const { contexts: _, pref: __, label: ___, "@type": ____, ...rest } = entry;
      return plain(JSON.stringify(rest));
    }
  }
}

/** Which of two stays: the one that says more. */
export function fuller(one: ContactCard, other: ContactCard): [stays: ContactCard, goes: ContactCard] {
  const weight = (card: ContactCard) => JSON.stringify(card).length + (card.media ? 1000 : 0);
  return weight(other) > weight(one) ? [other, one] : [one, other];
}
