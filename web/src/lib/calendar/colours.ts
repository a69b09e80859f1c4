import type { Calendar } from "../jmap/calendars";

/**
 * The colour that each calendar is shown in, for those of several accounts in order: its own, or where nobody chose one, a
 * colour of the palette that no other calendar has, as long as there are such.
 */
export function coloursOf(calendars: readonly Calendar[], palette: readonly string[]): (calendar: Calendar) => string {
  const taken = new Set(calendars.map(({ color }) => color?.toLowerCase()));
  const free = palette.filter((colour) => !taken.has(colour));
  const uncoloured = calendars.filter(({ color, myRights }) => !color && myRights.mayReadItems);
  return (calendar) => {
    if (calendar.color) return calendar.color;
    return free[uncoloured.indexOf(calendar) % free.length] ?? palette[0] ?? "currentColor";
  };
}
