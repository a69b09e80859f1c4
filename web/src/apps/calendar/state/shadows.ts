import { useSyncExternalStore } from "react";
import type { ListEvent } from "../../../lib/calendar/eventGet";

/**
 * What is on its way to the server, laid over what the server said: seen at once, and gone without a trace when it is
 * refused. A shadow is of single occurrences by their ids, so that it may lie over what already has the change.
 */
export interface Shadow {
  accountId: string;
  /** Occurrences as they are to be. */
  changed: ReadonlyMap<string, ListEvent>;
  gone: ReadonlySet<string>;
  /** New ones, known by their uid once the server has them. */
  added: readonly ListEvent[];
}

let shadows: readonly Shadow[] = [];
const listeners = new Set<() => void>();

/** Gives the function that takes it away again. */
export function cast(shadow: Partial<Shadow> & { accountId: string }): () => void {
  const whole: Shadow = { changed: new Map(), gone: new Set(), added: [], ...shadow };
  set([...shadows, whole]);
  return () => set(shadows.filter((other) => other !== whole));
}

function set(next: readonly Shadow[]): void {
  shadows = next;
  for (const listener of listeners) listener();
}

export function useShadows(): readonly Shadow[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shadows,
  );
}

/** The events of an account as they are with what is on its way. */
export function shadowed(
  accountId: string,
  events: readonly ListEvent[],
  over: readonly Shadow[],
): readonly ListEvent[] {
  let seen = events;
  for (const { accountId: of, changed, gone, added } of over) {
    if (of !== accountId) continue;
    seen = seen.filter(({ id }) => !gone.has(id)).map((event) => changed.get(event.id) ?? event);
    const uids = new Set(seen.map(({ uid }) => uid));
    seen = [...seen, ...added.filter(({ uid }) => !uids.has(uid))];
  }
  return seen;
}
