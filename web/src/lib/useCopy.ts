import { useEffect, useState } from "react";
import { keepHere, keptHere } from "./keep";

interface Copy<T> {
  base: T;
  edited: T;
}

/**
 * What a form writes on, beside what it began with: only what differs between the two is the person's, whatever others
 * changed meanwhile. Until something is written it follows what is there; then it is kept through a reload.
 */
export function useCopy<T>(original: T, keptAs: string) {
  const [copy, show] = useState<Copy<T> | null>(() => {
    const kept = keptHere<Partial<Copy<T>>>(keptAs);
    return kept?.base !== undefined && kept.edited !== undefined ? (kept as Copy<T>) : null;
  });
  useEffect(() => {
    if (copy) keepHere(keptAs, copy);
  }, [copy, keptAs]);
  return {
    base: copy?.base ?? original,
    edited: copy?.edited ?? original,
    isTouched: copy !== null,
    change: (next: T | ((present: T) => T)) =>
      show((present) => {
        const { base, edited } = present ?? { base: original, edited: original };
        return { base, edited: next instanceof Function ? next(edited) : next };
      }),
    forget: () => keepHere(keptAs, undefined),
  };
}
