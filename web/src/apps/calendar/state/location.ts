import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type Day, dayOf, isDay } from "../../../lib/calendar/time";
import { homeZone, wallAt } from "../../../lib/calendar/zones";
import { keep, kept } from "../../../lib/keep";

/** Where one is in the calendar, which is in the address: `/calendar/week/2026-11-30`, with the event that is open. */

export const views = ["day", "week", "work", "month", "agenda", "year"] as const;
export type View = (typeof views)[number];

export interface CalendarLocation {
  view: View;
  day: Day;
  eventId: string | null;
  editing: boolean;
  search: string | null;
  /** The account of the event, when it is not one's own. */
  accountId: string | null;
}

export type Move = Partial<CalendarLocation> & { replace?: boolean };

/** In place of an id, for an event that is being made: no id of a server has a sign outside of RFC 8620 §1.2. */
export const newEvent = "+new";

const lastView = "calendar.view";

export function today(zone = homeZone): Day {
  return dayOf(wallAt(Date.now(), zone));
}

export function readLocation(splat: string | undefined, search: Record<string, string | undefined>): CalendarLocation {
  const [view = "", day, eventId, editing] = (splat ?? "").split("/");
  const isView = (views as readonly string[]).includes(view);
  return {
    view: isView ? (view as View) : (kept<View>(lastView) ?? "week"),
    day: isDay(day) ? day : today(),
    eventId: eventId === "new" ? newEvent : eventId || null,
    editing: editing === "edit",
    search: search["q"] ? String(search["q"]) : null,
    accountId: search["account"] ?? null,
  };
}

export function writeLocation(location: CalendarLocation): { _splat: string; search: Record<string, string> } {
  const { view, day, eventId, editing, search, accountId } = location;
  const segments: string[] = [view, day];
  if (eventId !== null) segments.push(eventId === newEvent ? "new" : eventId);
  if (eventId !== null && editing) segments.push("edit");
  return {
    _splat: segments.join("/"),
    search: { ...(search ? { q: search } : {}), ...(accountId && eventId !== null ? { account: accountId } : {}) },
  };
}

/** Where the person is in the calendar, and how to go elsewhere. Going changes only what is named, and closes the event that is open. */
export function useCalendarLocation(): [CalendarLocation, (move: Move) => void] {
  const { _splat } = useParams({ strict: false }) as { _splat?: string };
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();
  const location = useMemo(() => readLocation(_splat, search), [_splat, search]);
  const go = useCallback(
    ({ replace = false, ...move }: Move) => {
      const next = { ...location, eventId: null, editing: false, accountId: null, ...move };
      if (next.view !== location.view) keep(lastView, next.view);
      const target = writeLocation(next);
      void navigate({ to: "/calendar/$", params: { _splat: target._splat }, search: target.search, replace });
    },
    [location, navigate],
  );
  return [location, go];
}
