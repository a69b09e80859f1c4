import type { TFunction } from "i18next";
import type { RecurrenceRule } from "../jmap/calendars";
import { dateText, dateYearText, monthText, weekdayText } from "./format";
import { addDays, addMonths, type Day, dayOf, daysBetween, readWall, startOfMonth, weekday } from "./time";

/** What the form can say of a rule, and a rule as a sentence. */

export const dayNames = ["mo", "tu", "we", "th", "fr", "sa", "su"];
const workDays = dayNames.slice(0, 5);

export function dayNameOf(day: Day): string {
  return dayNames[weekday(day) - 1] ?? "mo";
}

/** Which of its weekday of the month a day is: 1 to 5, or −1 for the last. */
export function nthOf(day: Day): number {
  const isLast = addDays(day, 7) >= addMonths(startOfMonth(day), 1);
  const nth = Math.ceil(Number(day.slice(8)) / 7);
  return isLast && nth > 3 ? -1 : nth;
}

const parts = new Set([
  "@type",
  "frequency",
  "interval",
  "firstDayOfWeek",
  "byDay",
  "byMonthDay",
  "byMonth",
  "count",
  "until",
  "rscale",
  "skip",
]);

/** Whether the form shows all of a rule; one that it does not stays as it is until another is chosen. */
export function isPlain(rule: RecurrenceRule): boolean {
  const { frequency, byDay, byMonthDay, byMonth } = rule;
  if (Object.entries(rule).some(([name, value]) => value != null && !parts.has(name))) return false;
  const isOneDate = byMonthDay === undefined || (byMonthDay.length === 1 && (byMonthDay[0] ?? 0) > 0);
  switch (frequency) {
    case "daily":
      return !byDay && !byMonthDay && !byMonth;
    case "weekly":
      return !byMonthDay && !byMonth && (byDay?.every(({ nthOfPeriod }) => nthOfPeriod === undefined) ?? true);
    case "monthly":
      return (
        !byMonth &&
        isOneDate &&
        (byDay ? !byMonthDay && byDay.length === 1 && byDay[0]?.nthOfPeriod !== undefined : true)
      );
    case "yearly":
      return !byDay && isOneDate && (byMonth === undefined || byMonth.length === 1);
    default:
      return false;
  }
}

// i18n: calendar:repeat.*
/** `Every 2 weeks on Monday and Friday, until 1 March 2027`. */
export function ruleText(rule: RecurrenceRule, start: Day, t: TFunction, language: string): string {
  if (!isPlain(rule)) return t("calendar:repeat.own");
  return base(rule, start, t, language) + end(rule, t, language);
}

function base(rule: RecurrenceRule, start: Day, t: TFunction, language: string): string {
  const count = rule.interval ?? 1;
  const list = new Intl.ListFormat(language === "en" ? "en-GB" : language, { type: "conjunction" });
  switch (rule.frequency) {
    case "daily":
      return t("calendar:repeat.daily", { count });
    case "weekly": {
      const days = (rule.byDay ?? [{ day: dayNameOf(start) }]).map(({ day }) => day);
      const sorted = dayNames.filter((day) => days.includes(day));
      if (count === 1 && sorted.join() === workDays.join()) return t("calendar:repeat.weekdays");
      const names = sorted.map((day) =>
        t("calendar:repeat.onDay", { day: weekdayText(sampleDay(day), language, "long") }),
      );
      return t("calendar:repeat.weekly", { count, days: list.format(names) });
    }
    case "monthly": {
      const nth = rule.byDay?.[0];
      if (nth) {
        const day = weekdayText(sampleDay(nth.day), language, "long");
        return t("calendar:repeat.monthlyDay", { count, nth: t(`calendar:repeat.nth.${nth.nthOfPeriod}`), day });
      }
      return t("calendar:repeat.monthlyDate", { count, date: rule.byMonthDay?.[0] ?? Number(start.slice(8)) });
    }
    default: {
      const month = rule.byMonth?.[0]?.padStart(2, "0") ?? start.slice(5, 7);
      const date = rule.byMonthDay?.[0] ?? Number(start.slice(8));
      const day = `2000-${month}-${String(date).padStart(2, "0")}`;
      return t("calendar:repeat.yearly", {
        count,
        date: Number.isNaN(readWall(day)) ? monthText(`2000-${month}-01`, language) : dateText(day, language),
      });
    }
  }
}

function end(rule: RecurrenceRule, t: TFunction, language: string): string {
  if (rule.until !== undefined)
    return t("calendar:repeat.until", { date: dateYearText(dayOf(readWall(rule.until)), language) });
  if (rule.count !== undefined) return t("calendar:repeat.times", { count: rule.count });
  return "";
}

/** A day of that name. */
export function sampleDay(name: string): Day {
  return addDays("2024-01-01", Math.max(0, dayNames.indexOf(name)));
}

export type Preset = "daily" | "weekly" | "weekdays" | "monthlyDate" | "monthlyDay" | "yearly";
export const presets: readonly Preset[] = ["daily", "weekdays", "weekly", "monthlyDate", "monthlyDay", "yearly"];

/** The rules that are offered for an event that begins on a day. */
export function presetRule(preset: Preset, start: Day): RecurrenceRule {
  switch (preset) {
    case "daily":
      return { frequency: "daily" };
    case "weekdays":
      return { frequency: "weekly", byDay: workDays.map((day) => ({ day })) };
    case "weekly":
      return { frequency: "weekly", byDay: [{ day: dayNameOf(start) }] };
    case "monthlyDate":
      return { frequency: "monthly", byMonthDay: [Number(start.slice(8))] };
    case "monthlyDay":
      return { frequency: "monthly", byDay: [{ day: dayNameOf(start), nthOfPeriod: nthOf(start) }] };
    case "yearly":
      return { frequency: "yearly" };
  }
}

/** Which of them a rule is, apart from when it ends. */
export function presetOf(rule: RecurrenceRule, start: Day): Preset | null {
  const shape = ({ frequency, interval, byDay, byMonthDay, byMonth }: RecurrenceRule) =>
    JSON.stringify([
      frequency,
      interval ?? 1,
      byDay?.map(({ day, nthOfPeriod }) => [day, nthOfPeriod ?? 0]).toSorted() ?? null,
      byMonthDay ?? null,
      byMonth ?? null,
    ]);
  if (!isPlain(rule)) return null;
  const wanted = shape(normal(rule, start));
  return presets.find((preset) => shape(normal(presetRule(preset, start), start)) === wanted) ?? null;
}

/** With what a rule leaves to the begin of the event said. */
function normal(rule: RecurrenceRule, start: Day): RecurrenceRule {
  const { frequency, byDay, byMonthDay } = rule;
  if (frequency === "weekly" && !byDay) return { ...rule, byDay: [{ day: dayNameOf(start) }] };
  if (frequency === "monthly" && !byDay && !byMonthDay) return { ...rule, byMonthDay: [Number(start.slice(8))] };
  if (frequency === "yearly") {
    const isOwn =
      (byMonthDay?.[0] ?? Number(start.slice(8))) === Number(start.slice(8)) &&
      Number(rule.byMonth?.[0] ?? start.slice(5, 7)) === Number(start.slice(5, 7));
    if (isOwn) {
      const { byMonthDay: _, byMonth: __, ...rest } = rule;
      return rest;
    }
  }
  return rule;
}

/** When a rule that was moved to another begin names the day of the old one, it names that of the new one. */
export function followStart(rule: RecurrenceRule, from: Day, to: Day): RecurrenceRule {
  const preset = daysBetween(from, to) === 0 ? null : presetOf(rule, from);
  if (!preset || preset === "weekdays") return rule;
  const { count, until, interval } = rule;
  return { ...presetRule(preset, to), ...(interval && { interval }), ...(count && { count }), ...(until && { until }) };
}
