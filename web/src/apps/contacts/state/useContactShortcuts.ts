import { useEffect } from "react";
import { undoLast } from "../../../lib/lastUndo";
import { registerCommands, useShortcuts } from "../../../shell";
import { searchBoxId } from "../components/SearchBox";

interface Keys {
  next(): void;
  previous(): void;
  open(): void;
  close(): void;
  edit(): void;
  create(): void;
  remove(): void;
  toggle(): void;
}

/** The keys of the contacts screen. */
export function useContactShortcuts(keys: Keys): void {
  useShortcuts("contacts:keys.scope", [
    { keys: "j", labelId: "contacts:keys.next", run: keys.next },
    { keys: "k", labelId: "contacts:keys.previous", run: keys.previous },
    { keys: "o", labelId: "contacts:keys.open", run: keys.open },
    { keys: "Escape", labelId: "contacts:keys.close", run: keys.close },
    { keys: "x", labelId: "contacts:keys.select", run: keys.toggle },
    { keys: "e", labelId: "contacts:keys.edit", run: keys.edit },
    { keys: "n", labelId: "contacts:keys.create", run: keys.create },
    { keys: "Delete", labelId: "contacts:keys.remove", run: keys.remove },
    { keys: "#", labelId: "contacts:keys.remove", run: keys.remove },
    { keys: "z", labelId: "contacts:keys.undo", run: undoLast },
    { keys: "/", labelId: "contacts:keys.search", run: focusSearch },
  ]);
  const { create } = keys;
  useEffect(
    () => registerCommands([{ id: "contacts.create", labelId: "contacts:create", keys: "n", run: create }]),
    [create],
  );
}

function focusSearch(): void {
  const box = document.getElementById(searchBoxId);
  if (box instanceof HTMLInputElement) {
    box.focus();
    box.select();
  }
}
