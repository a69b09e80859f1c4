import { store } from "./store";

/** The shell's own dialogs: at most one is open. */
export type OpenDialog = { kind: "palette"; query: string } | { kind: "shortcuts" } | null;

export const openDialog = store<OpenDialog>(null);

let focusedBefore: Element | null = null;

export function openPalette(query = ""): void {
  show({ kind: "palette", query });
}

export function openShortcutMap(): void {
  show({ kind: "shortcuts" });
}

function show(dialog: NonNullable<OpenDialog>): void {
  if (openDialog.get() === null) focusedBefore = document.activeElement;
  openDialog.set(dialog);
}

/** The focus goes back to where it was, unless what was chosen in the dialog has taken it elsewhere. */
export function closeDialog(): void {
  openDialog.set(null);
  const before = focusedBefore;
  focusedBefore = null;
  requestAnimationFrame(() => {
    const isNowhere = document.activeElement === null || document.activeElement === document.body;
    if (isNowhere && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  });
}
