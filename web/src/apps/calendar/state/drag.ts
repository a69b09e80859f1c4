import type { Occurrence } from "../../../lib/calendar/occurrence";
import { dayLength, hour, minute, type Wall } from "../../../lib/calendar/time";
import type { Times } from "./reschedule";

/** What a pointer does in a view, from where it went down to where it is now; all on the clock of the view. */
export type Gesture =
  | { kind: "create"; from: Wall }
  | { kind: "move"; occurrence: Occurrence; grabbed: Wall }
  | { kind: "resize"; occurrence: Occurrence }
  | { kind: "createDays"; from: Wall }
  | { kind: "moveDays"; occurrence: Occurrence; grabbed: Wall };

/** Times are dragged in steps of it. */
export const snap = 15 * minute;

export function snapped(wall: Wall): Wall {
  return Math.round(wall / snap) * snap;
}

/** Where the gesture leads when the pointer is at a time. `onDays` tells that it is over whole days. */
export function timesOfGesture(gesture: Gesture, at: Wall, onDays: boolean): Times {
  switch (gesture.kind) {
    case "create": {
      const [first, last] = gesture.from <= at ? [gesture.from, at] : [at, gesture.from];
      const begin = Math.floor(first / snap) * snap;
      return { begin, end: Math.max(begin + snap, Math.ceil(last / snap) * snap), isAllDay: false };
    }
    case "resize": {
      const { begin } = gesture.occurrence;
      return { begin, end: Math.max(begin + snap, snapped(at)), isAllDay: false };
    }
    case "createDays": {
      const days = [startOfDay(gesture.from), startOfDay(at)].toSorted((a, b) => a - b);
      return { begin: days[0] ?? at, end: (days[1] ?? at) + dayLength, isAllDay: true };
    }
    case "move": {
      const { occurrence, grabbed } = gesture;
      if (onDays) return { begin: startOfDay(at), end: startOfDay(at) + dayLength, isAllDay: true };
      const begin = snapped(at - grabbed);
      return { begin, end: begin + occurrence.end - occurrence.begin, isAllDay: false };
    }
    case "moveDays": {
      const { occurrence, grabbed } = gesture;
      if (!onDays && occurrence.isAllDay) {
        const begin = snapped(at);
        return { begin, end: begin + hour, isAllDay: false };
      }
      const by = startOfDay(at) - startOfDay(grabbed);
      return { begin: occurrence.begin + by, end: occurrence.end + by, isAllDay: occurrence.isAllDay };
    }
  }
}

export function startOfDay(wall: Wall): Wall {
  return Math.floor(wall / dayLength) * dayLength;
}
