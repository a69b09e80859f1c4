import { addDays, addMonths, type Day, startOfWeek } from "../../../lib/calendar/time";

/** The weeks that show a month, each from Monday; a day of another month is null. */
export function weeksOf(month: Day): (Day | null)[][] {
  const after = addMonths(month, 1);
  const weeks: (Day | null)[][] = [];
  for (let week = startOfWeek(month); week < after; week = addDays(week, 7))
    weeks.push(
      Array.from({ length: 7 }, (_, at) => addDays(week, at)).map((day) => (day >= month && day < after ? day : null)),
    );
  return weeks;
}
