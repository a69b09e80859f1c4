import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

interface RelativeTimeProps {
  /** ISO 8601, or null when it is not known. */
  date: string | null | undefined;
  /** With weekday, year and hour, as beside an open message. */
  full?: boolean;
}

export function RelativeTime({ date, full = false }: RelativeTimeProps) {
  const { i18n } = useTranslation("shell");
  useMidnight();
  if (!date) return null;
  const exact = formatFull(date, i18n.language);
  return (
    <time dateTime={date} title={exact}>
      {full ? exact : formatRelative(date, i18n.language)}
    </time>
  );
}

/** The hour today, the day this year, the whole date before. */
export function formatRelative(date: string, locale: string, now = new Date()): string {
  const when = new Date(date);
  if (Number.isNaN(when.getTime())) return "";
  if (when.toDateString() === now.toDateString()) return format(when, locale, { hour: "2-digit", minute: "2-digit" });
  if (when.getFullYear() === now.getFullYear()) return format(when, locale, { day: "numeric", month: "short" });
  return format(when, locale, { day: "2-digit", month: "2-digit", year: "numeric" });
}

export function formatFull(date: string, locale: string): string {
  const when = new Date(date);
  if (Number.isNaN(when.getTime())) return "";
  return format(when, locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
}

/** A day, `YYYY-MM-DD`, with its weekday. */
export function formatDay(day: string, locale: string): string {
  const when = new Date(`${day}T00:00`);
  if (Number.isNaN(when.getTime())) return "";
  return format(when, locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times what using it does, and a list uses it for every row. */
function format(when: Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  // English as in Europe: 24 hours, the day before the month.
  const tag = locale === "en" ? "en-GB" : locale;
  const key = tag + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(tag, options);
    formats.set(key, found);
  }
  return found.format(when);
}

const dayListeners = new Set<() => void>();
let midnight: ReturnType<typeof setTimeout> | undefined;

/** Shows again when the day changes: what was an hour becomes a date. One timer for all. */
function useMidnight(): void {
  const [, show] = useState(0);
  useEffect(() => {
    const listener = () => show((count) => count + 1);
    dayListeners.add(listener);
    if (midnight === undefined) waitForMidnight();
    return () => {
      dayListeners.delete(listener);
    };
  }, []);
}

function waitForMidnight(): void {
  const now = new Date();
  const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  midnight = setTimeout(() => {
    for (const listener of dayListeners) listener();
    waitForMidnight();
  }, next.getTime() - now.getTime());
}
