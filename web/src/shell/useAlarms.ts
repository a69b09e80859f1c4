import { useEffect, useRef, useState } from "react";
import { t } from "../i18n";
import {
  type Alarm,
  type AlarmWrite,
  alarmKey,
  type CalendarAlert,
  dismissal,
  loadAlarm,
  snooze as snoozed,
  writeAlarm,
} from "../lib/calendar/alarms";
import { whenText } from "../lib/calendar/format";
import { occurrenceOf } from "../lib/calendar/occurrence";
import { locationText } from "../lib/calendar/places";
import { dayOf } from "../lib/calendar/time";
import { homeZone } from "../lib/calendar/zones";
import { type PushedObject, primaryAccount, pushedLately, subscribePushed, useStateChange } from "../lib/jmap";
import { kept } from "../lib/keep";
import { failed } from "../ui";
import { notifyDesktop } from "./notifications";

/** Held by the page that shows alarms: one that is looked at, whatever the number of tabs. */
const lockName = "bastide.alarms";

interface Alarms {
  /** The earliest event first. */
  ringing: readonly Alarm[];
  dismiss(alarm: Alarm): Promise<void>;
  snooze(alarm: Alarm, minutes: number): Promise<void>;
}

/**
 * The alarms that call on the person. One page shows them; when it is left, the next that is looked at asks what has not been
 * heard yet, as one does that was just opened. Where no page is looked at, they come to the desktop.
 */
export function useAlarms(): Alarms {
  const isShowing = useIsShowing();
  const [ringing, setRinging] = useState<readonly Alarm[]>([]);
  const told = useRef(new Map<string, CalendarAlert>());
  /** Put off here, whatever is still on its way. */
  const done = useRef(new Set<string>());

  const ring = async (alerts: readonly PushedObject[]) => {
    for (const alert of alerts.filter(isCalendarAlert)) {
      const key = alarmKey(alert);
      if (done.current.has(key)) continue;
      told.current.set(key, alert);
      const alarm = await loadAlarm(alert).catch(() => null);
      if (!alarm) told.current.delete(key);
      if (done.current.has(key)) continue;
      setRinging((before) => withAlarm(before, key, alarm));
    }
  };
  const newest = useRef(ring);
  newest.current = ring;

  useEffect(() => {
    if (!isShowing) {
      told.current.clear();
      setRinging([]);
      return;
    }
    const catchUp = async () => newest.current(await pushedLately(["CalendarAlert"], await primaryAccount(calendars)));
    void catchUp().catch(() => undefined);
    return subscribePushed((object) => void newest.current([object]));
  }, [isShowing]);
  useEffect(() => subscribePushed((object) => void tellDesktop(object)), []);
  // What was put off on another device, or moved, calls no more.
  useStateChange(["CalendarEvent"], () => void newest.current([...told.current.values()]));

  const write = async (alarm: Alarm, change: AlarmWrite) => {
    done.current.add(alarm.key);
    const alert = told.current.get(alarm.key);
    told.current.delete(alarm.key);
    setRinging((before) => withAlarm(before, alarm.key, null));
    try {
      await writeAlarm(alarm.accountId, change);
    } catch {
      done.current.delete(alarm.key);
      if (alert) told.current.set(alarm.key, alert);
      setRinging((before) => withAlarm(before, alarm.key, alarm));
      failed(t("shell:alarms.failed"));
    }
  };
  return {
    ringing,
    dismiss: (alarm) => write(alarm, dismissal(alarm, Date.now())),
    snooze: (alarm, minutes) => write(alarm, snoozed(alarm, minutes, Date.now(), crypto.randomUUID())),
  };
}

const calendars = "urn:ietf:params:jmap:calendars";

function isCalendarAlert(object: PushedObject): object is CalendarAlert {
  return object["@type"] === "CalendarAlert";
}

function withAlarm(before: readonly Alarm[], key: string, alarm: Alarm | null): readonly Alarm[] {
  const others = before.filter((one) => one.key !== key);
  return alarm ? [...others, alarm].toSorted((a, b) => a.event.start.localeCompare(b.event.start)) : others;
}

/** Whether this page is the one that shows them. */
function useIsShowing(): boolean {
  const [isShowing, setShowing] = useState(false);
  useEffect(() => {
    const ending = new AbortController();
    let asking: AbortController | null = null;
    let release: (() => void) | undefined;
    const follow = () => {
      if (!navigator.locks) {
        setShowing(!document.hidden);
        return;
      }
      if (document.hidden || ending.signal.aborted) {
        asking?.abort();
        release?.();
        return;
      }
      if (asking) return;
      asking = new AbortController();
      const hold = () =>
        new Promise<void>((resolve) => {
          release = resolve;
          setShowing(true);
        });
      navigator.locks
        .request(lockName, { signal: asking.signal }, hold)
        .catch(() => undefined)
        .finally(() => {
          asking = null;
          release = undefined;
          if (ending.signal.aborted) return;
          setShowing(false);
          // Looked at again before the other page had taken over.
          follow();
        });
    };
    follow();
    document.addEventListener("visibilitychange", follow, { signal: ending.signal });
    return () => {
      ending.abort();
      follow();
    };
  }, []);
  return isShowing;
}

/** Every hidden page says the same under the same tag, which the desktop shows once. */
async function tellDesktop(object: PushedObject): Promise<void> {
  if (!document.hidden || !isCalendarAlert(object)) return;
  const held = (await navigator.locks?.query())?.held ?? [];
  if (held.some(({ name }) => name === lockName)) return;
  const alarm = await loadAlarm(object).catch(() => null);
  if (!alarm) return;
  const occurrence = occurrenceOf(alarm.accountId, alarm.event, homeZone);
  const when = whenText(occurrence, document.documentElement.lang);
  notifyDesktop({
    tag: `alarm ${alarm.key}`,
    title: alarm.event.title?.trim() || t("shell:alarms.unnamed"),
    body: [when, locationText(alarm.event)].filter(Boolean).join("\n"),
    url: alarmUrl(alarm),
  });
}

/** The event that an alarm is of, on its day. */
export function alarmUrl({ accountId, event }: Alarm): string {
  const { begin } = occurrenceOf(accountId, event, homeZone);
  return `/calendar/${kept<string>("calendar.view") ?? "week"}/${dayOf(begin)}/${event.id}?account=${accountId}`;
}
