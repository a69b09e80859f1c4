import { useSyncExternalStore } from "react";
import type { Scope } from "./series";
import type { CalendarAccount } from "./useAccounts";
import type { CalendarEntry } from "./useCalendars";

/** The dialogs of the screen, opened from wherever one is; at most one is open. */
export type Dialog =
  | { kind: "calendar"; account: CalendarAccount; entry?: CalendarEntry }
  | { kind: "scope"; what: "change" | "remove"; scopes: readonly Scope[]; answer(scope: Scope | null): void }
  | { kind: "quick"; line?: string };

let open: Dialog | null = null;
const listeners = new Set<() => void>();

export function openDialog(dialog: Dialog | null): void {
  const before = open;
  open = dialog;
  if (before?.kind === "scope") before.answer(null);
  for (const listener of listeners) listener();
}

/** Opens it unless another is open. */
export function offerDialog(dialog: Dialog): void {
  if (open === null) openDialog(dialog);
}

export function useDialog(): Dialog | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}

/** Asks which occurrences of a series are meant; null when the person thinks better of it. */
export function askScope(
  what: "change" | "remove",
  scopes: readonly Scope[] = ["this", "following", "all"],
): Promise<Scope | null> {
  return new Promise((resolve) => {
    let isAnswered = false;
    const answer = (scope: Scope | null) => {
      if (isAnswered) return;
      isAnswered = true;
      openDialog(null);
      resolve(scope);
    };
    openDialog({ kind: "scope", what, scopes, answer });
  });
}
