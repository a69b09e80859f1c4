/** A day as forms keep it: `YYYY-MM-DD`, or nothing. */

/** As people write it in both languages, the day before the month: `31/12/2026`. */
export function dayText(day: string): string {
  const [year, month, date] = day.split("-");
  return year && month && date ? `${date}/${month}/${year}` : "";
}

/** Reads what was written, with any separator and a year of two or four digits; null when it is no day. */
export function readDay(text: string): string | null {
  const parts = text.trim().split(/[\s./-]+/);
  if (text.trim() === "") return "";
  if (parts.length !== 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return null;
  const [first = "", month = "", last = ""] = parts;
  const isIso = first.length === 4;
  const date = Number(isIso ? last : first);
  const yearText = isIso ? first : last;
  if (yearText.length !== 4 && yearText.length !== 2) return null;
  const year = Number(yearText.length === 2 ? `20${yearText}` : yearText);
  const found = new Date(year, Number(month) - 1, date);
  // 31/02 would be a day of March.
  if (found.getFullYear() !== year || found.getMonth() !== Number(month) - 1 || found.getDate() !== date) return null;
  return `${yearText.length === 2 ? `20${yearText}` : yearText}-${month.padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}
