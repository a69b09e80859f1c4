/**
 * Arithmetic on clocks and calendars without zones. A day is `2026-11-30`; a time on a clock is the number of milliseconds
 * that UTC would have there (a {@link Wall}), so that days have 24 hours and nothing ever skips.
 */
export type Day = string;
export type Wall = number;

export const minute = 60_000;
export const hour = 60 * minute;
export const dayLength = 24 * hour;

/** `2026-11-30T14:00:00` or `2026-11-30`, as a wall time. NaN for what is none. */
export function readWall(text: string): Wall {
  return Date.parse(`${text.length === 10 ? `${text}T00:00:00` : text}Z`);
}

/** As JSCalendar writes it: `2026-11-30T14:00:00`. */
export function writeWall(wall: Wall): string {
  return new Date(wall).toISOString().slice(0, 19);
}

export function dayOf(wall: Wall): Day {
  return new Date(wall).toISOString().slice(0, 10);
}

export function wallOf(day: Day, minutes = 0): Wall {
  return readWall(day) + minutes * minute;
}

/** Minutes since midnight. */
export function minutesOf(wall: Wall): number {
  return Math.floor((((wall % dayLength) + dayLength) % dayLength) / minute);
}

export function addDays(day: Day, count: number): Day {
  return dayOf(readWall(day) + count * dayLength);
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((readWall(to) - readWall(from)) / dayLength);
}

/** The same day of another month, or its last where it has fewer. */
export function addMonths(day: Day, count: number): Day {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + count, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return dayOf(first.getTime() + (Math.min(date, last) - 1) * dayLength);
}

/** Monday is 1, Sunday is 7 (ISO 8601). */
export function weekday(day: Day): number {
  return new Date(readWall(day)).getUTCDay() || 7;
}

/** The Monday of its week. */
export function startOfWeek(day: Day): Day {
  return addDays(day, 1 - weekday(day));
}

export function startOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

/** ISO 8601: the week of a Thursday is of the Thursday's year. */
export function isoWeek(day: Day): number {
  const thursday = addDays(startOfWeek(day), 3);
  return 1 + Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7);
}

export function isDay(text: string | undefined): text is Day {
  return (
    text !== undefined &&
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(readWall(text)) &&
    dayOf(readWall(text)) === text
  );
}

/** Days from one on, each once. */
export function daysFrom(day: Day, count: number): Day[] {
  return Array.from({ length: count }, (_, at) => addDays(day, at));
}

/** RFC 8984 §1.4.6: days are those of the clock, the rest is exact time. */
export interface Length {
  days: number;
  ms: number;
}

export function readDuration(text: string | undefined): Length {
  const [, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(text ?? "") ?? [];
  return {
    days: Number(weeks) * 7 + Number(days),
    ms: Number(hours) * hour + Number(minutes) * minute + Number(seconds) * 1000,
  };
}

export function writeDuration({ days, ms }: Length): string {
  const hours = Math.floor(ms / hour);
  const minutes = Math.floor((ms % hour) / minute);
  const seconds = Math.floor((ms % minute) / 1000);
  const time = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${seconds ? `${seconds}S` : ""}`;
  if (!days && !time) return "PT0S";
  return `P${days ? `${days}D` : ""}${time ? `T${time}` : ""}`;
}
