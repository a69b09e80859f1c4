import { useLayoutEffect } from "react";
import { closeDialog, openDialog, openPalette } from "./dialogs";

/**
 * Whoever presses Ctrl-K goes on typing at once: until the palette's field has the focus, what is typed is the search,
 * and neither text in the field behind nor a shortcut of the page.
 */
export function useTypeAhead(isOpen: boolean): void {
  useLayoutEffect(() => {
    if (!isOpen) return;
    addEventListener("keydown", take, { capture: true });
    return () => removeEventListener("keydown", take, { capture: true });
  }, [isOpen]);
}

function take(event: KeyboardEvent): void {
  const dialog = openDialog.get();
  if (dialog?.kind !== "palette" || document.activeElement?.closest('[aria-modal="true"]')) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.key === "Escape") closeDialog();
  else if (event.key === "Backspace") openPalette(dialog.query.slice(0, -1));
  else if ([...event.key].length === 1) openPalette(dialog.query + event.key);
}
