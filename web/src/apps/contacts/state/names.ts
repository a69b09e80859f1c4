import type { Card, CardName, NameComponent } from "../../../lib/jmap/contacts";

/** How cards are called and where they stand in the alphabet. */

type Named = Pick<Card, "kind" | "name" | "nicknames" | "organizations" | "emails" | "phones">;

export interface NameParts {
  /** What stands before the surname. */
  given: string;
  surname: string;
}

/** The name as people read it; empty when nothing of the card could stand for one. */
export function displayName(card: Named): string {
  return (
    fullName(card.name) ||
    first(card.organizations)?.name?.trim() ||
    first(card.nicknames)?.name.trim() ||
    first(card.emails)?.address.trim() ||
    first(card.phones)?.number.trim() ||
    ""
  );
}

/** `full`, or what the components say in their order (RFC 9553 §2.2.1). */
export function fullName(name: CardName | undefined): string {
  if (!name) return "";
  return name.full?.trim() || joined(name);
}

export function componentOf(name: CardName | undefined, kind: string): string {
  return (name?.components ?? [])
    .filter((component) => component.kind === kind)
    .map(({ value }) => value)
    .join(" ");
}

/** The name in two, so that the surname can be told from the rest. */
export function nameParts(card: Named): NameParts {
  const surname = [componentOf(card.name, "surname"), componentOf(card.name, "surname2")].filter(Boolean).join(" ");
  const full = displayName(card);
  const isPerson = !card.kind || card.kind === "individual";
  if (surname && full.toLocaleLowerCase().endsWith(surname.toLocaleLowerCase()))
    return {
      given: full.slice(0, full.length - surname.length).trim(),
      surname: full.slice(full.length - surname.length),
    };
  if (surname) return { given: full, surname: "" };
  if (!isPerson || !fullName(card.name) || card.name?.components?.length) return { given: "", surname: full };
  return splitName(full);
}

/** A name written in one: its last word is the surname. */
export function splitName(full: string): NameParts {
  const words = full.trim().split(/\s+/);
  if (words.length < 2) return { given: "", surname: full.trim() };
  return { given: words.slice(0, -1).join(" "), surname: words.at(-1) ?? "" };
}

/** By which cards are ordered: the surname first. */
export function sortName(card: Named): string {
  const sortAs = card.name?.sortAs;
  const surname = sortAs?.["surname"] ?? (componentOf(card.name, "surname") || nameParts(card).surname);
  const given = sortAs?.["given"] ?? (componentOf(card.name, "given") || nameParts(card).given);
  return plain(`${surname} ${given}`).trim();
}

/** The letter a card stands under: `#` for what begins with none. */
export function letterOf(sorted: string): string {
  const letter = [...sorted][0]?.toLocaleUpperCase() ?? "";
  return /\p{L}/u.test(letter) ? letter : "#";
}

/** Without accents and case, for comparing. */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

const order = ["title", "given", "given2", "surname", "surname2", "generation", "credential"];

/**
 * The name with one kind of component set, or taken away with an empty text. The other components stay as they are, in
 * their order; `full` is made anew, since it would contradict them.
 */
export function withComponent(name: CardName | undefined, kind: string, value: string): CardName | undefined {
  const split = name?.components?.length ? null : splitName(name?.full ?? "");
  const before: NameComponent[] =
    name?.components ??
    [
      { kind: "given", value: split?.given ?? "" },
      { kind: "surname", value: split?.surname ?? "" },
    ].filter((component) => component.value);
  const at = before.findIndex((component) => component.kind === kind);
  let components: NameComponent[];
  if (at >= 0) {
    const kept = before[at];
    components = before.flatMap((component, index) => {
      if (component.kind !== kind) return [component];
      return index === at && value ? [kept?.value === value ? component : { kind, value }] : [];
    });
  } else {
    const rank = order.indexOf(kind);
    const next = before.findIndex((component) => order.indexOf(component.kind) > rank);
    const added = value ? [{ kind, value }] : [];
    components = next < 0 ? [...before, ...added] : [...before.slice(0, next), ...added, ...before.slice(next)];
  }
  if (!components.some((component) => component.value.trim())) return undefined;
  const { sortAs: _, ...rest } = name ?? {};
  const made: CardName = { ...rest, components, isOrdered: true };
  return { ...made, full: joined(made) };
}

/** The components one after the other, with their separators (RFC 9553 §2.2.1.2). */
function joined(name: CardName): string {
  let text = "";
  let separator: string | null = null;
  for (const { kind, value } of name.components ?? []) {
    if (kind === "separator") {
      separator = value;
      continue;
    }
    if (!value.trim()) continue;
    text += text ? (separator ?? name.defaultSeparator ?? " ") + value.trim() : value.trim();
    separator = null;
  }
  return text.trim();
}

export function first<T extends object>(map: Record<string, T> | null | undefined): T | undefined {
  return entriesOf(map)[0]?.[1];
}

/** The entries of a map of a card, those preferred before others (RFC 9553 §1.5.4). */
export function entriesOf<T extends object>(map: Record<string, T> | null | undefined): [string, T][] {
  const prefOf = (value: object) => ("pref" in value && typeof value.pref === "number" ? value.pref : 101);
  return Object.entries(map ?? {}).toSorted(([, a], [, b]) => prefOf(a) - prefOf(b));
}
