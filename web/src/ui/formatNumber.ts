import { currentLanguage } from "../i18n";

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Octets for people: `1,4 Mo` in French, `1.4 MB` in English. */
export function formatBytes(octets: number): string {
  const power = octets < 1 ? 0 : Math.min(Math.floor(Math.log10(octets) / 3), units.length - 1);
  const value = octets / 1000 ** power;
  return format(value, {
    style: "unit",
    unit: units[power],
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: power > 0 && value < 10 ? 1 : 0,
  });
}

/** A number for people: `1 234` in French, `1,234` in English. */
export function formatCount(count: number): string {
  return format(count, {});
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format costs milliseconds, and a screen shows many numbers. */
function format(value: number, options: Intl.NumberFormatOptions): string {
  const language = currentLanguage();
  const key = language + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.NumberFormat(language, options);
    formats.set(key, found);
  }
  return found.format(value);
}
