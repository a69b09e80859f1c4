import { store } from "./store";

/** The shell's own dialogs: at most one is open. */
export type OpenDialog = { kind: "palette"; query: string } | { kind: "shortcuts" } | null;

export const openDialog = store<OpenDialog>(null);

export function openPalette(query = ""): void {
  openDialog.set({ kind: "palette", query });
}

export function openShortcutMap(): void {
  openDialog.set({ kind: "shortcuts" });
}

export function closeDialog(): void {
  openDialog.set(null);
}
