import { type Day, dayLength, dayOf, minutesOf, readWall, type Wall } from "./time";

/** Days and times for people. Making a format costs a hundred times what using it does, and a view uses them for every event. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(wall: Wall, language: string, options: Intl.DateTimeFormatOptions): string {
  return formatOf(language, options).format(wall);
}

function formatOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  // English as in Europe: 24 hours, the day before the month.
  const tag = language === "en" ? "en-GB" : language;
  const key = tag + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...options });
    formats.set(key, found);
  }
  return found;
}

/** `14:30`. */
export function timeText(wall: Wall): string {
  const minutes = minutesOf(wall);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

export function weekdayText(day: Day, language: string, width: "long" | "short" | "narrow" = "short"): string {
  return format(readWall(day), language, { weekday: width });
}

export function monthText(day: Day, language: string, width: "long" | "short" = "long"): string {
  return format(readWall(day), language, { month: width });
}

export function monthYearText(day: Day, language: string): string {
  return format(readWall(day), language, { month: "long", year: "numeric" });
}

/** `Monday 30 November 2026`. */
export function dayText(day: Day, language: string): string {
  return format(readWall(day), language, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** `30 November`. */
export function dateText(day: Day, language: string): string {
  return format(readWall(day), language, { day: "numeric", month: "long" });
}

export function dateYearText(day: Day, language: string): string {
  return format(readWall(day), language, { day: "numeric", month: "long", year: "numeric" });
}

/** What heads a row of days: `30 November – 6 December 2026`, and no more than differs. */
export function daysText(from: Day, to: Day, language: string): string {
  const month = from.slice(0, 7) === to.slice(0, 7) ? "long" : "short";
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month, year: "numeric" };
  return formatOf(language, options).formatRange(readWall(from), readWall(to));
}

interface Timed {
  begin: Wall;
  end: Wall;
  isAllDay: boolean;
}

/** When something is, for a line beside its title: `Monday 30 November 2026, 14:00 – 15:30`. */
export function whenText({ begin, end, isAllDay }: Timed, language: string): string {
  const from = dayOf(begin);
  const to = dayOf(Math.max(begin, end - 1));
  if (isAllDay) return from === to ? dayText(from, language) : daysText(from, dayOf(end - dayLength), language);
  const isShort = end - begin < dayLength && end > begin;
  if (from === to || isShort)
    return `${dayText(from, language)}, ${timeText(begin)}${end > begin ? ` – ${timeText(end)}` : ""}`;
  return `${dayText(from, language)}, ${timeText(begin)} – ${dayText(dayOf(end), language)}, ${timeText(end)}`;
}

/** Names in a sentence: `Ana, Bob and Chloé`. */
export function listed(names: readonly string[], language: string): string {
  return new Intl.ListFormat(language === "en" ? "en-GB" : language, { type: "conjunction" }).format(names);
}
