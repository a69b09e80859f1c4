import { useSyncExternalStore } from "react";
import type { AddressBook } from "../../../lib/jmap/contacts";
import type { ListCard } from "../api/cardGet";

/** The dialogs of the screen, opened from wherever one is; at most one is open. */
export type Dialog =
  | { kind: "group"; group?: ListCard; cards?: ListCard[] }
  | { kind: "book"; book?: AddressBook }
  | { kind: "import" };

let open: Dialog | null = null;
const listeners = new Set<() => void>();

export function openDialog(dialog: Dialog | null): void {
  open = dialog;
  for (const listener of listeners) listener();
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
