import { describe, expect, it } from "vitest";
import type { Alert, Calendar, CalendarEvent } from "../jmap/calendars";
import { type Alarm, alertOf, dismissal, dueOf, snooze } from "./alarms";

const before: Alert = { trigger: { offset: "-PT10M" } };
const event = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  id: "v1",
  calendarIds: { c1: true },
  start: "2026-12-07T10:00:00",
  duration: "P1DT1H",
  timeZone: "Europe/Paris",
  alerts: { k1: before },
  ...more,
});
const alarm = (more: Partial<Alarm> = {}): Alarm => ({
  key: "k",
  accountId: "a1",
  alertId: "k1",
  alert: before,
  event: event(),
  series: null,
  ...more,
});
const now = Date.parse("2026-12-07T08:50:30.500Z");
const at = "2026-12-07T08:50:30Z";

describe("an alarm", () => {
  it("is due before the begin, after the end, or at its own time", () => {
    const due = (trigger: Alert["trigger"]) => new Date(dueOf(event(), { trigger })).toISOString();
    expect(due({ offset: "-PT10M" })).toBe("2026-12-07T08:50:00.000Z");
    expect(due({ offset: "-P1D" })).toBe("2026-12-06T09:00:00.000Z");
    expect(due({ offset: "PT5M", relativeTo: "end" })).toBe("2026-12-08T10:05:00.000Z");
    expect(due({ when: "2026-12-07T07:00:00Z" })).toBe("2026-12-07T07:00:00.000Z");
  });

  it("is the calendar's where the event has no other, with what was put off of it", () => {
    const calendar = { defaultAlertsWithTime: { d1: before } } as unknown as Calendar;
    const own = event({ useDefaultAlerts: true, alerts: { k1: before, d1: { ...before, acknowledged: at } } });
    expect(alertOf(own, calendar, "d1")).toEqual({ ...before, acknowledged: at });
    expect(alertOf(own, calendar, "k1")).toBeNull();
    expect(alertOf(event(), calendar, "k1")).toEqual(before);
    expect(alertOf(event(), calendar, "d1")).toBeNull();
  });

  it("is acknowledged when it is dismissed, of a series for all that was due", () => {
    expect(dismissal(alarm(), now)).toEqual({ id: "v1", patch: { "alerts/k1": { ...before, acknowledged: at } } });
    const instance = event({ id: "v1-1", recurrenceId: "2026-12-07T10:00:00", baseEventId: "v1" });
    expect(dismissal(alarm({ event: instance, series: event() }), now).id).toBe("v1");
    const apart = event({ recurrenceOverrides: { "2026-12-07T10:00:00": { "alerts/k1": before } } });
    expect(dismissal(alarm({ event: instance, series: apart }), now).id).toBe("v1-1");
    const moved = event({ recurrenceOverrides: { "2026-12-07T10:00:00": { title: "Other" } } });
    expect(dismissal(alarm({ event: instance, series: moved }), now).id).toBe("v1");
  });

  it("of the calendar's defaults is acknowledged beside the event", () => {
    const { alerts: _, ...bare } = event({ useDefaultAlerts: true });
    expect(dismissal(alarm({ event: bare, alertId: "d1" }), now).patch).toEqual({
      alerts: { d1: { ...before, acknowledged: at } },
    });
  });

  it("calls again when it is snoozed, in the place of the snooze before", () => {
    const again = {
      "@type": "Alert",
      trigger: { "@type": "AbsoluteTrigger", when: "2026-12-07T08:55:30Z" },
      action: "display",
      relatedTo: { k1: { "@type": "Relation", relation: { snooze: true } } },
    } as const;
    expect(snooze(alarm(), 5, now, "s1").patch).toEqual({
      "alerts/k1": { ...before, acknowledged: at },
      "alerts/s1": again,
    });
    const snoozed = event({ alerts: { k1: { ...before, acknowledged: "2026-12-07T08:40:00Z" }, s1: again } });
    const second = alarm({ event: snoozed, alertId: "s1", alert: again });
    expect(snooze(second, 5, now, "s2").patch).toEqual({
      "alerts/k1": { ...before, acknowledged: at },
      "alerts/s1": null,
      "alerts/s2": again,
    });
    expect(dismissal(second, now).patch).toEqual({ "alerts/k1": { ...before, acknowledged: at }, "alerts/s1": null });
  });
});
