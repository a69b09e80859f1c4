import { dayLength, dayOf, hour, type Wall, weekday } from "../../../lib/calendar/time";
import { snap, startOfDay } from "./drag";

/** Times of people beside one another, and the next that is free for all of them. */
export interface Span {
  begin: Wall;
  end: Wall;
}

/** When meetings are proposed, unless the person says otherwise. */
export const workday = { from: 8 * hour, to: 19 * hour };

export function overlaps(a: Span, b: Span): boolean {
  return a.begin < b.end && b.begin < a.end;
}

/** Times without a part of them. */
export function without<T extends Span>(spans: readonly T[], { begin, end }: Span): T[] {
  return spans.flatMap((span) => {
    if (!overlaps(span, { begin, end })) return [span];
    const before = { ...span, end: begin };
    const after = { ...span, begin: end };
    return [before, after].filter((each) => each.end > each.begin);
  });
}

interface Wish {
  length: number;
  /** Not before it. */
  after: Wall;
  /** Over by then. */
  until: Wall;
  isAllDay: boolean;
}

/**
 * The first time of a length at which nobody is busy: within working hours and on a working day, where it fits into one.
 * Null where there is none.
 */
export function nextFree(busy: readonly Span[], { length, after, until, isAllDay }: Wish): Wall | null {
  const step = isAllDay ? dayLength : snap;
  const isBounded = !isAllDay && length <= workday.to - workday.from;
  const spans = busy.toSorted((a, b) => a.begin - b.begin);
  let at = ceil(after, step);
  let next = 0;
  while (at + length <= until) {
    const allowed = isBounded ? inWorkday(at, length) : isAllDay ? onWorkday(at) : at;
    if (allowed > at) {
      at = allowed;
      continue;
    }
    // Sorted by their begin: what ended before is never looked at again, as `at` only grows.
    while (next < spans.length && (spans[next]?.end ?? 0) <= at) next++;
    const blocking = spans.slice(next).find((span) => overlaps(span, { begin: at, end: at + length }));
    if (!blocking) return at;
    at = ceil(blocking.end, step);
  }
  return null;
}

function ceil(wall: Wall, step: number): Wall {
  return Math.ceil(wall / step) * step;
}

function onWorkday(at: Wall): Wall {
  const day = weekday(dayOf(at));
  return day > 5 ? startOfDay(at) + (8 - day) * dayLength : at;
}

function inWorkday(at: Wall, length: number): Wall {
  const day = onWorkday(at);
  const start = startOfDay(day) + workday.from;
  if (day < start) return start;
  if (day + length <= startOfDay(day) + workday.to) return day;
  return onWorkday(startOfDay(day) + dayLength) + workday.from;
}
