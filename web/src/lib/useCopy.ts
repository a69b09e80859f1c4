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
  const [kept] = useState(() => {
    const found = keptHere<Partial<Copy<T>>>(keptAs);
    return found?.base !== undefined && found.edited !== undefined ? (found as Copy<T>) : undefined;
  });
  const [isTouched, setTouched] = useState(kept !== undefined);
  const [copy, show] = useState<Copy<T>>(() => kept ?? { base: original, edited: original });
  if (!isTouched && copy.base !== original) show({ base: original, edited: original });
  useEffect(() => {
    if (isTouched) keepHere(keptAs, copy);
  }, [isTouched, copy, keptAs]);
  return {
    ...copy,
    isTouched,
    change(next: T | ((present: T) => T)) {
      setTouched(true);
      show(({ base, edited }) => ({ base, edited: next instanceof Function ? next(edited) : next }));
    },
    forget: () => keepHere(keptAs, undefined),
  };
}
