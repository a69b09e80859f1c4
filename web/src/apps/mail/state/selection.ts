/** Which conversations of a list are selected: some by thread id, or the whole mailbox but a few. */
export interface Selection {
  all: boolean;
  /** Thread ids: those selected, or with `all` those left out. */
  ids: ReadonlySet<string>;
  /** Where a shift-click selects from. */
  anchor: string | null;
}

export const noSelection: Selection = { all: false, ids: new Set(), anchor: null };
export const wholeMailbox: Selection = { all: true, ids: new Set(), anchor: null };

export function isSelected(selection: Selection, threadId: string): boolean {
  return selection.all !== selection.ids.has(threadId);
}

export function selectedCount(selection: Selection, total: number): number {
  return selection.all ? Math.max(0, total - selection.ids.size) : selection.ids.size;
}

export function toggle(selection: Selection, threadId: string): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(threadId)) ids.add(threadId);
  return { ...selection, ids, anchor: threadId };
}

/** Adds everything between the anchor and the one clicked. `order` is what is loaded of the list. */
export function selectRange(selection: Selection, threadId: string, order: (string | undefined)[]): Selection {
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const to = order.indexOf(threadId);
  if (from < 0 || to < 0) return toggle(selection, threadId);
  const ids = new Set(selection.ids);
  for (const id of order.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (id === undefined) continue;
    if (selection.all) ids.delete(id);
    else ids.add(id);
  }
  return { ...selection, ids };
}

export function selectAll(threadIds: (string | undefined)[]): Selection {
  return { all: false, ids: new Set(threadIds.filter((id) => id !== undefined)), anchor: null };
}
