import { useSyncExternalStore } from "react";
import { keep, kept } from "../../../lib/keep";

/** How a person likes their calendar, on this browser. */
export interface CalendarPreferences {
  /** Zones whose clocks stand beside one's own. */
  sideZones: readonly string[];
  weekNumbers: boolean;
}

const key = "calendar.preferences";
const initial: CalendarPreferences = { sideZones: [], weekNumbers: true };
let current: CalendarPreferences | null = null;
const listeners = new Set<() => void>();

function read(): CalendarPreferences {
  current ??= { ...initial, ...kept<Partial<CalendarPreferences>>(key) };
  return current;
}

export function preferCalendar(change: Partial<CalendarPreferences>): void {
  current = { ...read(), ...change };
  keep(key, current);
  for (const listener of listeners) listener();
}

export function usePreferences(): CalendarPreferences {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);
}
