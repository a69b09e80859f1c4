import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  daysFrom,
  startOfMonth,
  startOfWeek,
} from "../../../lib/calendar/time";
import type { View } from "./location";

/** The days that a view shows, in order. */
export function daysOf(view: View, day: Day): Day[] {
  switch (view) {
    case "day":
      return [day];
    case "week":
      return daysFrom(startOfWeek(day), 7);
    case "work":
      return daysFrom(startOfWeek(day), 5);
    case "month":
      return weeksOfMonth(day).flat();
    case "agenda":
      return daysFrom(day, agendaDays);
    case "year":
      return daysFrom(
        `${day.slice(0, 4)}-01-01`,
        daysBetween(`${day.slice(0, 4)}-01-01`, `${day.slice(0, 4)}-12-31`) + 1,
      );
  }
}

export const agendaDays = 60;

/** The weeks that a month is in, from Monday to Sunday. */
export function weeksOfMonth(day: Day): Day[][] {
  const first = startOfWeek(startOfMonth(day));
  const next = addMonths(startOfMonth(day), 1);
  const count = Math.ceil(daysBetween(first, next) / 7);
  return Array.from({ length: count }, (_, at) => daysFrom(addDays(first, at * 7), 7));
}

/** The day that one page further, or back, is opened at. */
export function page(view: View, day: Day, by: number): Day {
  switch (view) {
    case "day":
      return addDays(day, by);
    case "week":
    case "work":
      return addDays(day, by * 7);
    case "month":
      return addMonths(startOfMonth(day), by);
    case "agenda":
      return addDays(day, by * 30);
    case "year":
      return addMonths(day, by * 12);
  }
}
