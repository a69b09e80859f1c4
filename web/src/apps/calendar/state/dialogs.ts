import { useSyncExternalStore } from "react";
import type { CalendarAccount } from "../../../lib/calendar/useAccounts";
import type { Scope } from "./series";
import type { CalendarEntry } from "./useCalendars";

/** The dialogs of the screen, opened from wherever one is; at most one is open. */
export type Dialog =
  | { kind: "calendar"; account: CalendarAccount; entry?: CalendarEntry }
  | { kind: "publish"; entry: CalendarEntry }
  | { kind: "scope"; what: "change" | "remove" | "answer"; scopes: readonly Scope[]; answer(scope: Scope | null): void }
  | { kind: "tell"; what: Telling; names: string; answer(yes: boolean): void }
  | { kind: "quick"; line?: string };

/** What others will hear: that a meeting is at another time, that it is cancelled, that one does not come. */
export type Telling = "move" | "cancel" | "leave";

let open: Dialog | null = null;
const listeners = new Set<() => void>();

export function openDialog(dialog: Dialog | null): void {
  const before = open;
  open = dialog;
  if (before?.kind === "scope") before.answer(null);
  if (before?.kind === "tell") before.answer(false);
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
  what: "change" | "remove" | "answer",
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

/** Says who will be told, before anybody is; false when the person thinks better of it. */
export function askTelling(what: Telling, names: string): Promise<boolean> {
  return new Promise((resolve) => {
    let isAnswered = false;
    const answer = (yes: boolean) => {
      if (isAnswered) return;
      isAnswered = true;
      openDialog(null);
      resolve(yes);
    };
    openDialog({ kind: "tell", what, names, answer });
  });
}
