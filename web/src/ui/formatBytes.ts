import { currentLanguage } from "../i18n";

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Octets for people: `1,4 Mo` in French, `1.4 MB` in English. */
export function formatBytes(octets: number): string {
  const power = octets < 1 ? 0 : Math.min(Math.floor(Math.log10(octets) / 3), units.length - 1);
  const value = octets / 1000 ** power;
  return new Intl.NumberFormat(currentLanguage(), {
    style: "unit",
    unit: units[power],
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: power > 0 && value < 10 ? 1 : 0,
  }).format(value);
}
