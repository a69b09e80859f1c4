import { useSyncExternalStore } from "react";
import type { Wall } from "../../../lib/calendar/time";
import type { JSEvent } from "../../../lib/jmap/calendars";
import { keepHere, keptHere } from "../../../lib/keep";

/** The event that is being made, from the first gesture on: it is seen where it will stand. */
export interface Draft {
  begin: Wall;
  end: Wall;
  isAllDay: boolean;
  title: string;
  /** What is known of it beyond, from a line that was read. */
  more?: Partial<JSEvent>;
  /** Where it was last drawn, for the card to stand beside; null where it is only in the form. */
  place: "grid" | "form";
}

const key = "calendar.draft";
let draft: Draft | null = null;
const listeners = new Set<() => void>();

export function setDraft(next: Draft | null): void {
  draft = next;
  keepHere(key, next?.place === "form" ? next : undefined);
  for (const listener of listeners) listener();
}

/** Begins again with what could not be made, unless another has been begun. */
export function offerDraft(again: Draft): void {
  if (draft === null) setDraft(again);
}

export function useDraft(): Draft | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => draft,
  );
}

/** What the form of a new event begins with, through a reload as well. */
export function draftOfForm(): Draft | null {
  return draft ?? keptHere<Draft>(key) ?? null;
}
