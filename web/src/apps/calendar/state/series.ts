import type { EventPatch, EventWrites, NewEvent } from "../../../lib/calendar/eventSet";
import { dayLength, dayOf, readWall, weekday, writeWall } from "../../../lib/calendar/time";
import type { CalendarEvent, JSEvent, LocalDateTime, OverridePatch, RecurrenceRule } from "../../../lib/jmap/calendars";
import { applyPatch, difference, escaped, headOf, inverse } from "./patch";

/**
 * Changes of a series, in the words of JSCalendar. One instance is changed under its own id, which the server keeps as a
 * patch in `recurrenceOverrides`; this and following parts the series in two; all changes the series, and what is said of
 * single instances moves along with them: they are named by when they begin.
 */
export type Scope = "this" | "following" | "all";

export interface Plan {
  writes: EventWrites;
  /** What takes it back, once it is known which ids the server gave. */
  undo(created: Record<string, string>): EventWrites;
}

/** A plan of which those who take part are told, and of its undoing as well. */
export function telling({ writes, undo }: Plan): Plan {
  return {
    writes: { ...writes, sendSchedulingMessages: true },
    undo: (created) => ({ ...undo(created), sendSchedulingMessages: true }),
  };
}

/** What cannot be otherwise in one instance (RFC 8984 §4.3.5), with what the client says of a series alone. */
const ofSeries = new Set(["privacy", "recurrenceRule", "calendarIds"]);
/** What a copy of an event does not take along: the server says it anew. */
const ofServer = [
  "id",
  "baseEventId",
  "isOrigin",
  "isDraft",
  "created",
  "updated",
  "sequence",
  "recurrenceId",
  "recurrenceIdTimeZone",
];

/** Whether a change can be one of a single instance. */
export function mayBeOfOne(patch: EventPatch): boolean {
  return Object.keys(patch).every((path) => !ofSeries.has(headOf(path)));
}

/** A change of an event that is no series. */
export function planChange(event: CalendarEvent, patch: EventPatch): Plan {
  return {
    writes: { update: { [event.id]: patch } },
    undo: () => ({ update: { [event.id]: inverse(event, patch) } }),
  };
}

export function planCreate(event: NewEvent): Plan {
  return {
    writes: { create: { new: event } },
    undo: ({ new: id }) => ({ destroy: id === undefined ? [] : [id] }),
  };
}

/** `instance` is the occurrence as it was, `after` as it is to be. `before` counts the occurrences that come before it. */
export function planSeriesChange(
  series: CalendarEvent,
  instance: CalendarEvent,
  after: JSEvent,
  scope: Scope,
  before: number,
): Plan {
  const key = instance.recurrenceId ?? instance.start;
  if (scope === "this") {
    const patch = difference(instance, after);
    return {
      writes: { update: { [instance.id]: patch } },
      undo: () => ({ update: { [series.id]: overrideBack(series, key) } }),
    };
  }
  if (scope === "all" || isFirst(series, key)) {
    const patch = difference(series, changedSeries(series, instance, after));
    return planChange(series, patch);
  }
  const cut = cutPatch(series, key);
  const tail = tailOf(series, instance, after, key, before);
  return {
    writes: { update: { [series.id]: cut }, create: { tail } },
    undo: ({ tail: id }) => ({ update: { [series.id]: inverse(series, cut) }, destroy: id === undefined ? [] : [id] }),
  };
}

/** Deletes occurrences of a series. */
export function planSeriesRemoval(series: CalendarEvent, instance: CalendarEvent, scope: Scope): Plan {
  const key = instance.recurrenceId ?? instance.start;
  if (scope === "this")
    return {
      writes: { destroy: [instance.id] },
      undo: () => ({ update: { [series.id]: overrideBack(series, key) } }),
    };
  if (scope === "all" || isFirst(series, key)) return planRemoval(series);
  const cut = cutPatch(series, key);
  return planChange(series, cut);
}

export function planRemoval(event: CalendarEvent): Plan {
  return {
    writes: { destroy: [event.id] },
    undo: () => ({ create: { back: copyOf(event) } }),
  };
}

/** The event as one makes it anew, with its uid: what its server alone says is left out. */
export function copyOf(event: CalendarEvent): NewEvent {
  return Object.fromEntries(Object.entries(event).filter(([name]) => !ofServer.includes(name))) as unknown as NewEvent;
}

function isFirst(series: CalendarEvent, key: LocalDateTime): boolean {
  return key <= series.start;
}

/** What gives an instance back what was said of it before. */
function overrideBack(series: CalendarEvent, key: LocalDateTime): EventPatch {
  const overrides = series.recurrenceOverrides;
  if (!overrides || Object.keys(overrides).length === 0) return { recurrenceOverrides: null };
  return { [`recurrenceOverrides/${escaped(key)}`]: overrides[key] ?? null };
}

/** The series as a change of one of its occurrences, meant for all, makes it. */
function changedSeries(series: CalendarEvent, instance: CalendarEvent, after: JSEvent): CalendarEvent {
  const key = instance.recurrenceId ?? instance.start;
  const patch = difference(instance, after);
  const { start: _, recurrenceId: __, ...rest } = patch;
  const by = readWall(after.start) - readWall(instance.start);
  let changed = applyPatch(series, rest);
  if (by !== 0) {
    changed = { ...changed, start: writeWall(readWall(series.start) + by) };
    const isSameRule = patch["recurrenceRule"] === undefined;
    if (changed.recurrenceRule && isSameRule)
      changed.recurrenceRule = movedRule(changed.recurrenceRule, series.start, by);
  }
  const overrides = movedOverrides(series.recurrenceOverrides, by, key, new Set(Object.keys(patch).map(headOf)));
  if (series.recurrenceOverrides) changed = { ...changed, recurrenceOverrides: overrides };
  // Without a rule there are no instances, and nothing to say of them.
  if (!changed.recurrenceRule) {
    const { recurrenceOverrides: ___, ...single } = changed;
    return single;
  }
  return changed;
}

/** Overrides under the names of the moved instances; of the one that was changed, what the change says is said by the series now. */
function movedOverrides(
  overrides: Record<LocalDateTime, OverridePatch> | undefined,
  by: number,
  key: LocalDateTime,
  touched: ReadonlySet<string>,
): Record<LocalDateTime, OverridePatch> {
  return Object.fromEntries(
    Object.entries(overrides ?? {}).flatMap(([name, override]): [string, OverridePatch][] => {
      const moved = writeWall(readWall(name) + by);
      if (name !== key) return [[moved, override]];
      const kept = Object.entries(override).filter(([path]) => !touched.has(headOf(path)));
      return kept.length > 0 ? [[moved, Object.fromEntries(kept)]] : [];
    }),
  );
}

const dayNames = ["mo", "tu", "we", "th", "fr", "sa", "su"];

/** A rule that names days goes along when the series moves to other days; where it cannot be told how, it stays. */
function movedRule(rule: RecurrenceRule, start: LocalDateTime, by: number): RecurrenceRule {
  const from = dayOf(readWall(start));
  const to = dayOf(readWall(start) + by);
  const days = Math.round((readWall(to) - readWall(from)) / dayLength);
  const moved: RecurrenceRule = { ...rule };
  if (rule.until !== undefined) moved.until = writeWall(readWall(rule.until) + by);
  if (days === 0) return moved;
  if (rule.byDay?.every(({ nthOfPeriod }) => nthOfPeriod === undefined))
    moved.byDay = rule.byDay.map((each) => ({
      ...each,
      day: dayNames[(((dayNames.indexOf(each.day) + days) % 7) + 7) % 7] ?? each.day,
    }));
  else if (rule.byDay?.length === 1 && rule.byDay[0]) {
    const nth = rule.byDay[0].nthOfPeriod ?? 1;
    const date = Number(to.slice(8));
    moved.byDay = [
      { ...rule.byDay[0], day: dayNames[weekday(to) - 1] ?? "mo", nthOfPeriod: nth < 0 ? nth : Math.ceil(date / 7) },
    ];
  }
  if (rule.byMonthDay?.length === 1 && (rule.byMonthDay[0] ?? 0) > 0) moved.byMonthDay = [Number(to.slice(8))];
  if (rule.byMonth?.length === 1) moved.byMonth = [String(Number(to.slice(5, 7)))];
  return moved;
}

/** Ends a series before an instance, and forgets what is said of those that are gone: it would make them again. */
function cutPatch(series: CalendarEvent, key: LocalDateTime): EventPatch {
  const { count: _, ...rule } = series.recurrenceRule ?? { frequency: "daily" };
  const step = series.showWithoutTime ? dayLength : 1000;
  const until = writeWall(readWall(key) - step);
  const patch: EventPatch = { recurrenceRule: { ...rule, until } };
  const overrides = Object.keys(series.recurrenceOverrides ?? {});
  const gone = overrides.filter((name) => name >= key);
  if (gone.length > 0 && gone.length === overrides.length) patch["recurrenceOverrides"] = null;
  else for (const name of gone) patch[`recurrenceOverrides/${escaped(name)}`] = null;
  return patch;
}

/** The series that goes on from an instance. */
function tailOf(
  series: CalendarEvent,
  instance: CalendarEvent,
  after: JSEvent,
  key: LocalDateTime,
  before: number,
): NewEvent {
  const later = Object.entries(series.recurrenceOverrides ?? {}).filter(([name]) => name >= key);
  // As if it had begun here: the change is then one of all.
  const from: CalendarEvent = { ...series, start: key, recurrenceOverrides: Object.fromEntries(later) };
  if (from.recurrenceRule?.count !== undefined)
    from.recurrenceRule = { ...from.recurrenceRule, count: Math.max(1, from.recurrenceRule.count - before) };
  const changed = changedSeries(from, instance, after);
  const copy = copyOf(changed);
  if (Object.keys(changed.recurrenceOverrides ?? {}).length === 0) delete copy.recurrenceOverrides;
  return { ...copy, uid: crypto.randomUUID(), relatedTo: { [series.uid ?? ""]: { relation: { first: true } } } };
}
