/** How events of a day stand beside one another where they overlap. */

export interface Spanned {
  begin: number;
  end: number;
}

export interface Column<T> {
  item: T;
  /** Which of the columns, from the left, how many it takes and of how many. */
  at: number;
  span: number;
  of: number;
  /** When the first thing to its right begins that it meets; infinite where there is none. */
  until: number;
}

/**
 * Lays out what overlaps in as few columns as there must be; an event reaches to the right as far as nothing stands there.
 * `least` is the length below which a thing would be too small to read: it takes that place all the same.
 */
export function columnsOf<T extends Spanned>(items: readonly T[], least: number): Column<T>[] {
  const endOf = (item: T) => Math.max(item.end, item.begin + least);
  const sorted = items.toSorted((a, b) => a.begin - b.begin || endOf(b) - endOf(a));
  const laid: Column<T>[] = [];
  let group: Column<T>[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const column of group) {
      column.of = ends.length;
      const blocking = group.filter(
        (other) =>
          other.at > column.at && other.item.begin < endOf(column.item) && endOf(other.item) > column.item.begin,
      );
      column.until = Math.min(...blocking.map(({ item }) => item.begin));
      column.span = Math.min(ends.length, ...blocking.map(({ at }) => at)) - column.at;
    }
    laid.push(...group);
    group = [];
    ends = [];
  };
  for (const item of sorted) {
    if (ends.every((end) => end <= item.begin)) close();
    const free = ends.findIndex((end) => end <= item.begin);
    const at = free < 0 ? ends.length : free;
    ends[at] = endOf(item);
    group.push({ item, at, span: 1, of: 1, until: Number.POSITIVE_INFINITY });
  }
  close();
  return laid;
}
