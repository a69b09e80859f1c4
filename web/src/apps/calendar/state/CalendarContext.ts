import { createContext, useContext } from "react";
import type { Occurrence } from "../../../lib/calendar/occurrence";
import type { Wall } from "../../../lib/calendar/time";
import type { CalendarAccount } from "../../../lib/calendar/useAccounts";
import type { CalendarLocation, Move } from "./location";
import type { CalendarActions } from "./useCalendarActions";
import type { CalendarEntry, CalendarList } from "./useCalendars";

/** What every part of the screen knows. */
export interface CalendarScreenState {
  accounts: readonly CalendarAccount[];
  calendars: CalendarList;
  /** The zone that the view's clock is of. */
  zone: string;
  now: Wall;
  location: CalendarLocation;
  go(move: Move): void;
  actions: CalendarActions;
  /** Where new events are made unless another is chosen; null where none may be written to. */
  home: CalendarEntry | null;
  mayWrite(occurrence: Occurrence): boolean;
  /** What one answered to an invitation; null for what is none. */
  answerOf(occurrence: Pick<Occurrence, "accountId" | "event">): string | null;
  colourOf(occurrence: Pick<Occurrence, "accountId" | "calendarId" | "event">): string;
}

export const CalendarContext = createContext<CalendarScreenState | null>(null);

export function useCalendar(): CalendarScreenState {
  const calendar = useContext(CalendarContext);
  if (!calendar) throw new Error("Outside of the calendar screen.");
  return calendar;
}
