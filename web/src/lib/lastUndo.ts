/** The one thing that the undo key takes back; it is taken back once, by the key or by what offers it on the screen. */
let last: (() => void) | null = null;
let before: (() => void) | null = null;

export function canUndo(undo: () => void): () => void {
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    if (last === once) last = null;
    if (before === once) before = null;
    undo();
  };
  before = last;
  last = once;
  return once;
}

/** What was refused is no longer there to be taken back; what was done before it is. */
export function forgetUndo(undo: () => void): void {
  if (last === undo) last = before;
}

export function undoLast(): void {
  last?.();
}
