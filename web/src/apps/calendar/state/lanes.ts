import { type Day, dayLength, daysBetween, wallOf } from "../../../lib/calendar/time";

/** How what lasts whole days, or several, lies in bars over a row of days. */

export interface Bar<T> {
  item: T;
  /** From which of the days, and over how many. */
  from: number;
  span: number;
  lane: number;
  /** Whether it began before the first day, or goes on after the last. */
  before: boolean;
  after: boolean;
}

/** Every bar in the topmost lane that is free over all its days; the longer goes above. */
export function lanesOf<T extends { begin: number; end: number }>(items: readonly T[], days: readonly Day[]): Bar<T>[] {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const [open, close] = [wallOf(first), wallOf(last) + dayLength];
  const bars = items
    .filter(({ begin, end }) => begin < close && Math.max(end, begin + 1) > open)
    .map((item): Bar<T> => {
      const end = Math.max(item.end, item.begin + 1);
      const from = Math.max(0, Math.floor((item.begin - open) / dayLength));
      const to = Math.min(daysBetween(first, last), Math.floor((end - 1 - open) / dayLength));
      return { item, from, span: to - from + 1, lane: 0, before: item.begin < open, after: end > close };
    })
    .toSorted((a, b) => a.from - b.from || b.span - a.span || a.item.begin - b.item.begin);
  const taken: boolean[][] = [];
  for (const bar of bars) {
    const days = Array.from({ length: bar.span }, (_, at) => bar.from + at);
    let lane = 0;
    while (days.some((day) => taken[lane]?.[day])) lane++;
    const row = taken[lane] ?? [];
    taken[lane] = row;
    for (const day of days) row[day] = true;
    bar.lane = lane;
  }
  return bars;
}

/** Those of the bars that fit, and for each day how many do not: where some do not, their place is told in the last lane. */
export function fitting<T>(
  bars: readonly Bar<T>[],
  days: number,
  lanes: number,
): { shown: Bar<T>[]; hidden: number[] } {
  const covers = (bar: Bar<T>, day: number) => bar.from <= day && day < bar.from + bar.span;
  const full = Array.from({ length: days }, (_, day) => bars.some((bar) => covers(bar, day) && bar.lane >= lanes));
  const fits = (bar: Bar<T>) =>
    bar.lane < lanes - 1 || (bar.lane === lanes - 1 && !full.some((isFull, day) => isFull && covers(bar, day)));
  const shown = bars.filter(fits);
  const hidden = full.map((_, day) => bars.filter((bar) => covers(bar, day) && !fits(bar)).length);
  return { shown, hidden };
}
