/** The one thing that the undo key takes back; it is taken back once, by the key or by what offers it on the screen. */
let last: (() => void) | null = null;

export function canUndo(undo: () => void): () => void {
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    if (last === once) last = null;
    undo();
  };
  last = once;
  return once;
}

export function undoLast(): void {
  last?.();
}
