import { readTokens } from "./oidc/tokens";

/**
 * What a person has typed and not yet sent, kept on this browser through reloads and through signing in again.
 * It belongs to the person: another one who signs in on the same browser does not find it, and signing out clears it.
 */

const prefix = "bastide.kept.";

export function keep(key: string, value: unknown): void {
  const name = named(key);
  if (!name) return;
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // The browser's quota is used up or storage is forbidden: the page itself still holds the text.
  }
}

export function kept<T>(key: string): T | undefined {
  return read<T>(localStorage, key);
}

function read<T>(storage: Storage, key: string): T | undefined {
  const name = named(key);
  const text = name && storage.getItem(name);
  if (!text) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

export function forget(key: string): void {
  const name = named(key);
  if (name) localStorage.removeItem(name);
}

/** For what belongs to one tab alone, such as what stands in its search field: another tab has its own. */
export function keepHere(key: string, value: unknown): void {
  const name = named(key);
  if (!name) return;
  try {
    if (value === undefined) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // As above.
  }
}

export function keptHere<T>(key: string): T | undefined {
  return read<T>(sessionStorage, key);
}

/** The keys that begin so and hold something. */
export function keptKeys(beginning: string): string[] {
  const start = named(beginning);
  const own = named("");
  if (!start || !own) return [];
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(start))
    .map((name) => name.slice(own.length));
}

/** Of every person who used this browser; what other tabs keep for themselves they forget as they learn of it. */
export function forgetEverything(): void {
  for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
  forgetHere();
}

/** What this tab alone keeps, of every person. */
export function forgetHere(): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name);
}

function named(key: string): string | null {
  const subject = readTokens()?.subject;
  return subject ? `${prefix}${subject}.${key}` : null;
}
