import type { Card } from "../../../lib/jmap/contacts";
import type { CardPatch } from "../api/cardSet";

type Json = Record<string, unknown>;

/** The patch that makes one card into the other: as deep as both have objects, so that it names only what differs. */
export function difference(from: Card, to: Card): CardPatch {
  const patch: CardPatch = {};
  compare(from, to, "", patch);
  return patch;
}

/** A patched copy (RFC 8620 §5.3); objects that the patch does not reach are the same as before. */
export function applyPatch<T extends object>(object: T, patch: CardPatch): T {
  let copy = object as Json;
  for (const [path, value] of Object.entries(patch)) copy = set(copy, path.split("/").map(unescaped), value);
  return copy as T;
}

/** The patch that takes another back, from what was there before it. */
export function inverse(before: object, patch: CardPatch): CardPatch {
  return Object.fromEntries(
    Object.keys(patch).map((path) => {
      let at: unknown = before;
      for (const token of path.split("/").map(unescaped)) at = isObject(at) ? at[token] : undefined;
      return [path, at ?? null];
    }),
  );
}

/** A name as a token of a path (RFC 6901 §3). */
export function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

function compare(from: Json, to: Json, path: string, patch: CardPatch): void {
  for (const name of Object.keys(from)) if (to[name] === undefined) patch[path + escaped(name)] = null;
  for (const [name, value] of Object.entries(to)) {
    const before = from[name];
    if (value === undefined || value === before) continue;
    if (isObject(before) && isObject(value)) {
      // A map that nothing is left in is not there (RFC 9553 §1.3.1).
      if (path === "" && Object.keys(value).length === 0) patch[escaped(name)] = null;
      else compare(before, value, `${path + escaped(name)}/`, patch);
    } else if (JSON.stringify(before) !== JSON.stringify(value)) patch[path + escaped(name)] = value;
  }
}

function set(object: Json, [token = "", ...rest]: string[], value: unknown): Json {
  const copy = { ...object };
  if (rest.length > 0) copy[token] = set(isObject(copy[token]) ? copy[token] : {}, rest, value);
  else if (value === null) delete copy[token];
  else copy[token] = value;
  return copy;
}

function unescaped(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
