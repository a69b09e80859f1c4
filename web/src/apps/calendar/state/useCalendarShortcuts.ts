import { useEffect } from "react";
import { undoLast } from "../../../lib/lastUndo";
import { registerCommands, useShortcuts } from "../../../shell";
import { searchBoxId } from "../components/SearchBox";
import type { View } from "./location";

interface Keys {
  go(view: View): void;
  today(): void;
  page(by: number): void;
  create(): void;
  edit(): void;
  remove(): void;
  close(): void;
}

/** The keys of the calendar screen. */
export function useCalendarShortcuts(keys: Keys): void {
  useShortcuts("calendar:keys.scope", [
    { keys: "t", labelId: "calendar:today", run: keys.today },
    { keys: "j", labelId: "calendar:next", run: () => keys.page(1) },
    { keys: "k", labelId: "calendar:previous", run: () => keys.page(-1) },
    { keys: "ArrowRight", labelId: "calendar:next", run: () => keys.page(1) },
    { keys: "ArrowLeft", labelId: "calendar:previous", run: () => keys.page(-1) },
    { keys: "d", labelId: "calendar:views.day", run: () => keys.go("day") },
    { keys: "w", labelId: "calendar:views.week", run: () => keys.go("week") },
    { keys: "x", labelId: "calendar:views.work", run: () => keys.go("work") },
    { keys: "m", labelId: "calendar:views.month", run: () => keys.go("month") },
    { keys: "a", labelId: "calendar:views.agenda", run: () => keys.go("agenda") },
    { keys: "y", labelId: "calendar:views.year", run: () => keys.go("year") },
    { keys: "n", labelId: "calendar:create", run: keys.create },
    { keys: "e", labelId: "calendar:card.edit", run: keys.edit },
    { keys: "Delete", labelId: "calendar:card.remove", run: keys.remove },
    { keys: "Escape", labelId: "calendar:close", run: keys.close },
    { keys: "z", labelId: "calendar:keys.undo", run: undoLast },
    { keys: "/", labelId: "calendar:search.label", run: focusSearch },
  ]);
  const { create } = keys;
  useEffect(
    () => registerCommands([{ id: "calendar.create", labelId: "calendar:create", keys: "n", run: create }]),
    [create],
  );
}

function focusSearch(): void {
  const box = document.getElementById(searchBoxId);
  if (!(box instanceof HTMLInputElement)) return;
  box.focus();
  box.select();
}
