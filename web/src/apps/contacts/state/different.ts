import { useSyncExternalStore } from "react";
import { keep, kept } from "../../../lib/keep";
import type { Pair } from "./duplicates";

/** Pairs that a person has said are two: they are not asked about again on this browser. */
const key = "contacts.different";
let version = 0;
const listeners = new Set<() => void>();

export function pairKey({ one, other }: Pair): string {
  return [one.card.uid ?? one.card.id, other.card.uid ?? other.card.id].toSorted().join(" ");
}

export function setDifferent(pair: Pair, isDifferent: boolean): void {
  const before = new Set(kept<string[]>(key) ?? []);
  if (isDifferent) before.add(pairKey(pair));
  else before.delete(pairKey(pair));
  keep(key, [...before].slice(-2000));
  version++;
  for (const listener of listeners) listener();
}

export function withoutDifferent(pairs: Pair[]): Pair[] {
  const known = new Set(kept<string[]>(key) ?? []);
  return pairs.filter((pair) => !known.has(pairKey(pair)));
}

/** Changes whenever a pair is said to be two. */
export function useDifferentVersion(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => version,
  );
}
