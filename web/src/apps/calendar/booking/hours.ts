import { type BookingHours, weekDays } from "./bookingPages";

/** The hours that a new page begins with. */
export const usualHours: BookingHours[] = weekDays.slice(0, 5).flatMap((day) => [
  { day, from: "09:00", to: "12:00" },
  { day, from: "14:00", to: "17:00" },
]);

/** What is wrong with hours: one ends before it begins, or two of a day overlap. */
export function isWrong(hours: readonly BookingHours[]): boolean {
  return weekDays.some((day) => {
    const own = hours.filter((one) => one.day === day).toSorted((a, b) => a.from.localeCompare(b.from));
    return own.some(
      (one, at) =>
        !isTime(one.from) || !isTime(one.to) || one.from >= one.to || (own[at + 1]?.from ?? "24:00") < one.to,
    );
  });
}

/** Hours behind the last of a day, as long as the day has room for them. */
export function hoursAfter(hours: readonly BookingHours[], day: BookingHours["day"]): BookingHours | null {
  const last = hours
    .filter((one) => one.day === day)
    .map(({ to }) => Number(to.slice(0, 2)) + (to.endsWith(":00") ? 0 : 1))
    .reduce((one, other) => Math.max(one, other), 8);
  if (last > 22) return null;
  const from = last === 8 ? 9 : last + 1;
  const text = (each: number) => `${String(each).padStart(2, "0")}:00`;
  return { day, from: text(from), to: text(Math.min(from + (last === 8 ? 8 : 1), 24)) };
}

const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);
