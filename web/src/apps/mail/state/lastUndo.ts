/** The one thing that the undo key takes back. */
let last: (() => void) | null = null;

export function canUndo(undo: () => void): () => void {
  const once = () => {
    if (last === once) last = null;
    undo();
  };
  last = once;
  return once;
}

export function undoLast(): void {
  last?.();
}
