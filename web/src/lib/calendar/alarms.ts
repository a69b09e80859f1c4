import type { PushedObject } from "../jmap";
import type { Alert, Calendar, CalendarEvent } from "../jmap/calendars";
import { calendarGet } from "./calendarGet";
import { eventGet } from "./eventGet";
import { eventOfUid } from "./eventOfUid";
import { type EventPatch, eventSet } from "./eventSet";
import { ChangeRefused } from "./explain";
import { minute, readDuration, readWall } from "./time";
import { homeZone, momentOf } from "./zones";

/** What is pushed when an alarm goes off (draft-ietf-jmap-calendars, "CalendarAlert"). */
export interface CalendarAlert extends PushedObject {
  "@type": "CalendarAlert";
  accountId: string;
  calendarEventId: string;
  uid: string;
  recurrenceId: string | null;
  alertId: string;
}

/** An alarm that calls, with what it calls for. */
export interface Alarm {
  key: string;
  accountId: string;
  alertId: string;
  alert: Alert;
  /** The event, or the occurrence. */
  event: CalendarEvent;
  /** The series of the occurrence; null of what does not recur. */
  series: CalendarEvent | null;
}

export function alarmKey({ accountId, uid, recurrenceId, alertId }: CalendarAlert): string {
  return [accountId, uid, recurrenceId ?? "", alertId].join(" ");
}

/** The alarm of an alert; null where it calls no more: put off on another device, moved, cancelled, declined, gone. */
export async function loadAlarm(told: CalendarAlert): Promise<Alarm | null> {
  const { accountId, calendarEventId, recurrenceId, alertId, uid } = told;
  const [series] = await eventGet<CalendarEvent>(accountId, [calendarEventId]);
  if (!series) return null;
  let event: CalendarEvent | null = series;
  if (recurrenceId !== null && series.recurrenceId !== recurrenceId) {
    const moved = series.recurrenceOverrides?.[recurrenceId]?.["start"];
    const start = typeof moved === "string" ? moved : recurrenceId;
    event = await eventOfUid(accountId, { uid, recurrenceId, start });
  }
  if (!event) return null;
  const calendars = event.useDefaultAlerts ? await calendarGet(accountId) : [];
  const calendar = calendars.find(({ id }) => event.calendarIds[id]);
  const alert = alertOf(event, calendar ?? null, alertId);
  if (!alert || !calls(event, alert)) return null;
  return { key: alarmKey(told), accountId, alertId, alert, event, series: event === series ? null : series };
}

/** The alert that holds: the event's own, or the default of its calendar with what was put off of that. */
export function alertOf(event: CalendarEvent, calendar: Calendar | null, id: string): Alert | null {
  const own = event.alerts?.[id] ?? null;
  if (!event.useDefaultAlerts) return own;
  const defaults = event.showWithoutTime ? calendar?.defaultAlertsWithoutTime : calendar?.defaultAlertsWithTime;
  const found = defaults?.[id];
  if (!found) return own?.relatedTo ? own : null;
  return own?.acknowledged ? { ...found, acknowledged: own.acknowledged } : found;
}

function calls(event: CalendarEvent, alert: Alert): boolean {
  if (event.status === "cancelled") return false;
  if (alert.acknowledged === undefined) return true;
  return Date.parse(alert.acknowledged) < dueOf(event, alert);
}

/** The moment at which an alert is due. */
export function dueOf({ start, duration, timeZone }: CalendarEvent, { trigger }: Alert): number {
  if (trigger.when) return Date.parse(trigger.when);
  const zone = timeZone ?? homeZone;
  const length = readDuration(duration);
  const isOfEnd = trigger.relativeTo === "end";
  const point =
    momentOf(readWall(start) + (isOfEnd ? length.days * 24 * 60 * minute : 0), zone) + (isOfEnd ? length.ms : 0);
  const [, sign = "", rest = ""] = /^([+-]?)(.*)$/.exec(trigger.offset ?? "") ?? [];
  const offset = readDuration(rest);
  return point + (sign === "-" ? -1 : 1) * (offset.days * 24 * 60 * minute + offset.ms);
}

/** Which event or occurrence is written to, and what. */
export interface AlarmWrite {
  id: string;
  patch: EventPatch;
}

/**
 * Dismissed, an alert is acknowledged (RFC 9074 §6): of a series as a whole, which silences what was due so far and nothing
 * that comes, unless the occurrence has alerts of its own. A snooze that has done its work goes.
 */
export function dismissal(alarm: Alarm, now: number): AlarmWrite {
  const { event, series, alertId } = alarm;
  const hasOwn = Object.keys(series?.recurrenceOverrides?.[event.recurrenceId ?? ""] ?? {}).some((path) =>
    /^(alerts|useDefaultAlerts)(\/|$)/.test(path),
  );
  const target = series !== null && !hasOwn ? series : event;
  return { id: target.id, patch: patchOf(target, acknowledged(alarm, alertId, target, now)) };
}

/**
 * Snoozed, an alert is acknowledged and another calls in its place at a time of its own, which says that it is a snooze of
 * the first (RFC 8984 §4.5.2, RFC 9074 §7).
 */
export function snooze(alarm: Alarm, minutes: number, now: number, id: string): AlarmWrite {
  const { event, alertId, alert } = alarm;
  const first = parentOf(alarm) ?? alertId;
  const again: Alert = {
    "@type": "Alert",
    trigger: { "@type": "AbsoluteTrigger", when: utc(now + minutes * minute) },
    action: alert.action ?? "display",
    relatedTo: { [first]: { "@type": "Relation", relation: { snooze: true } } },
  };
  return { id: event.id, patch: patchOf(event, { ...acknowledged(alarm, alertId, event, now), [id]: again }) };
}

/** The alerts that change, each whole; null for one that goes. */
function acknowledged(alarm: Alarm, id: string, target: CalendarEvent, now: number): Record<string, Alert | null> {
  const parent = parentOf(alarm);
  const first = parent ?? id;
  const known = target.alerts?.[first] ?? (parent === null ? alarm.alert : null);
  return {
    ...(known && { [first]: { ...known, acknowledged: utc(now) } }),
    ...(parent !== null && { [id]: null }),
  };
}

function parentOf({ alert }: Alarm): string | null {
  return (
    Object.entries(alert.relatedTo ?? {}).find(([, { relation }]) => relation["snooze"] || relation["parent"])?.[0] ??
    null
  );
}

function patchOf(event: CalendarEvent, alerts: Record<string, Alert | null>): EventPatch {
  // A patch goes into what is there (RFC 8620 §5.3).
  if (!event.alerts)
    return { alerts: Object.fromEntries(Object.entries(alerts).filter(([, alert]) => alert !== null)) };
  const escaped = (id: string) => id.replaceAll("~", "~0").replaceAll("/", "~1");
  return Object.fromEntries(Object.entries(alerts).map(([id, alert]) => [`alerts/${escaped(id)}`, alert]));
}

function utc(moment: number): string {
  return new Date(moment).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Writes it. Throws where the server refuses. */
export async function writeAlarm(accountId: string, { id, patch }: AlarmWrite): Promise<void> {
  const { refused } = await eventSet(accountId, { update: { [id]: patch } });
  if (refused.size > 0) throw new ChangeRefused(refused);
}
