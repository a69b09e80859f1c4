import type { ListCard } from "../api/cardGet";
import type { Cards } from "./cards";
import type { Place } from "./location";
import { displayName, letterOf, type NameParts, nameParts, sortName } from "./names";

/** A card where it stands in the alphabet. */
export interface Entry {
  card: ListCard;
  name: string;
  parts: NameParts;
  sorted: string;
  letter: string;
}

export type Line = { kind: "letter"; letter: string } | { kind: "entry"; entry: Entry; position: number };

export interface Listing {
  entries: Entry[];
  /** The entries with their letters above them. */
  lines: Line[];
  /** Where each letter is in the lines. */
  letters: Map<string, number>;
}

/** Everybody of an account in order, and its groups. */
export interface Directory {
  entries: Entry[];
  groups: Entry[];
  byUid: ReadonlyMap<string, Entry>;
  byId: ReadonlyMap<string, Entry>;
}

export function directoryOf(cards: Cards | undefined): Directory {
  const all = Array.from(cards?.byId.values() ?? [], entryOf);
  const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });
  all.sort(
    (a, b) =>
      Number(a.letter === "#") - Number(b.letter === "#") ||
      collator.compare(a.sorted, b.sorted) ||
      a.card.id.localeCompare(b.card.id),
  );
  return {
    entries: all.filter(({ card }) => card.kind !== "group"),
    groups: all.filter(({ card }) => card.kind === "group"),
    byUid: new Map(all.flatMap((entry) => (entry.card.uid ? [[entry.card.uid, entry]] : []))),
    byId: new Map(all.map((entry) => [entry.card.id, entry])),
  };
}

/** What a place holds, and of it what was found. */
export function listingOf(directory: Directory, place: Place, found: ReadonlySet<string> | null): Listing {
  let entries = directory.entries;
  if (place.kind === "book") entries = entries.filter(({ card }) => card.addressBookIds[place.id]);
  if (place.kind === "group") {
    const members = directory.byId.get(place.id)?.card.members ?? {};
    entries = entries.filter(({ card }) => card.uid !== undefined && members[card.uid]);
  }
  if (found) entries = entries.filter(({ card }) => found.has(card.id));
  const lines: Line[] = [];
  const letters = new Map<string, number>();
  for (const [position, entry] of entries.entries()) {
    if (!letters.has(entry.letter)) {
      letters.set(entry.letter, lines.length);
      lines.push({ kind: "letter", letter: entry.letter });
    }
    lines.push({ kind: "entry", entry, position });
  }
  return { entries, lines, letters };
}

function entryOf(card: ListCard): Entry {
  const sorted = sortName(card);
  return { card, name: displayName(card), parts: nameParts(card), sorted, letter: letterOf(sorted) };
}
