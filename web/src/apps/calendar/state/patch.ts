import type { EventPatch } from "../../../lib/calendar/eventSet";
import type { JSEvent } from "../../../lib/jmap/calendars";

type Json = Record<string, unknown>;

/** The patch that makes one event into the other: as deep as both have objects, so that it names only what differs. */
export function difference(from: JSEvent, to: JSEvent): EventPatch {
  const patch: EventPatch = {};
  compare(from, to, "", patch);
  return patch;
}

/** A patched copy (RFC 8620 §5.3); objects that the patch does not reach are the same as before. */
export function applyPatch<T extends object>(object: T, patch: EventPatch): T {
  let copy = object as Json;
  for (const [path, value] of Object.entries(patch)) copy = set(copy, path.split("/").map(unescaped), value);
  return copy as T;
}

/**
 * The patch that takes another back, from what was there before it. A map that the patch leaves empty is not there any more:
 * it is given back whole, for no path leads into it.
 */
export function inverse(before: object, patch: EventPatch): EventPatch {
  const after = applyPatch(before, patch);
  const back: EventPatch = {};
  for (const path of Object.keys(patch)) {
    const tokens = path.split("/").map(unescaped);
    const parent = valueAt(after, tokens.slice(0, -1));
    if (isObject(parent) && Object.keys(parent).length > 0) back[path] = valueAt(before, tokens) ?? null;
    else back[escaped(tokens[0] ?? "")] = valueAt(before, tokens.slice(0, 1)) ?? null;
  }
  // A property that is given back whole needs no paths into it.
  const isWhole = (path: string) => path.includes("/") && escaped(headOf(path)) in back;
  return Object.fromEntries(Object.entries(back).filter(([path]) => !isWhole(path)));
}

/** A name as a token of a path (RFC 6901 §3). */
export function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The property that a path leads into. */
export function headOf(path: string): string {
  return unescaped(path.split("/")[0] ?? "");
}

function valueAt(object: unknown, tokens: string[]): unknown {
  let at = object;
  for (const token of tokens) at = isObject(at) ? at[token] : undefined;
  return at;
}

function compare(from: Json, to: Json, path: string, patch: EventPatch): void {
  for (const name of Object.keys(from))
    if (to[name] === undefined && from[name] != null) patch[path + escaped(name)] = null;
  for (const [name, value] of Object.entries(to)) {
    const before = from[name];
    if (value === undefined || value === before || (value === null && before == null)) continue;
    // A rule is one thing: its parts mean something only together.
    if (isObject(before) && isObject(value) && name !== "recurrenceRule" && name !== "trigger") {
      // A map that nothing is left in is not there.
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
