import type { TFunction } from "i18next";
import { dayText, timeText } from "../../../lib/calendar/format";
import { dayLength, dayOf, hour, minute, readDuration, writeDuration } from "../../../lib/calendar/time";
import { homeZone, wallAt } from "../../../lib/calendar/zones";
import type { Alert } from "../../../lib/jmap/calendars";

/** What the form offers, in minutes before the event begins. */
export const alertChoices = [0, 5, 10, 15, 30, 60, 120, 1440, 2880, 10080] as const;
/** For events of whole days, from midnight on: the day itself at nine, the day before at nine or in the evening, a week before. */
export const dayAlertChoices = [-540, 900, 360, 9540] as const;

/** Minutes before the begin; null for what is said otherwise. */
export function minutesBefore({ trigger }: Alert): number | null {
  if (trigger.offset === undefined || trigger.relativeTo === "end") return null;
  const [, sign = "", rest = ""] = /^([+-]?)(.*)$/.exec(trigger.offset) ?? [];
  const { days, ms } = readDuration(rest);
  const minutes = (days * dayLength + ms) / minute;
  return Number.isInteger(minutes) ? (sign === "-" ? minutes : -minutes) + 0 : null;
}

export function withMinutes(alert: Alert, minutes: number): Alert {
  const size = Math.abs(minutes) * minute;
  const days = Math.floor(size / dayLength);
  const text = writeDuration({ days, ms: size % dayLength });
  return { ...alert, trigger: { "@type": "OffsetTrigger", offset: minutes > 0 ? `-${text}` : text } };
}

/** `15 minutes before`, `At 9:00 on the day`. */
export function alertText(alert: Alert, t: TFunction, language: string): string {
  if (alert.trigger.when) {
    const wall = wallAt(Date.parse(alert.trigger.when), homeZone);
    return `${dayText(dayOf(wall), language)}, ${timeText(wall)}`;
  }
  const minutes = minutesBefore(alert);
  return minutes === null ? t("calendar:alerts.other") : minutesText(minutes, t);
}

export function minutesText(minutes: number, t: TFunction): string {
  if (minutes === 0) return t("calendar:alerts.atStart");
  if (minutes < 0) return t("calendar:alerts.after", { length: lengthText(-minutes, t) });
  return t("calendar:alerts.before", { length: lengthText(minutes, t) });
}

/** For an event of whole days, which begins at midnight: `the day before at 18:00`. */
export function dayAlertText(minutes: number, t: TFunction): string {
  const days = Math.ceil(minutes / 1440);
  const time = timeText(days * dayLength - minutes * minute);
  return days <= 0
    ? t("calendar:alerts.sameDay", { time: timeText(-minutes * minute) })
    : t("calendar:alerts.daysBefore", { count: days, time });
}

function lengthText(minutes: number, t: TFunction): string {
  const ms = minutes * minute;
  if (ms % (7 * dayLength) === 0) return t("calendar:alerts.weeks", { count: ms / (7 * dayLength) });
  if (ms % dayLength === 0) return t("calendar:alerts.days", { count: ms / dayLength });
  if (ms % hour === 0) return t("calendar:alerts.hours", { count: ms / hour });
  return t("calendar:alerts.minutes", { count: minutes });
}
