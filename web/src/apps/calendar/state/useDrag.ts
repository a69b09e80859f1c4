import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from "react";
import { type Wall, wallOf } from "../../../lib/calendar/time";
import { useCalendar } from "./CalendarContext";
import { setDraft } from "./draft";
import { type Gesture, timesOfGesture } from "./drag";
import { isSame, type Times } from "./reschedule";

/** As far as a pointer may tremble and still click. */
const slack = 4;
const edge = 40;

/** The time under a pointer, by what the columns and days of a view say of themselves. */
function timeAt(x: number, y: number): { at: Wall; onDays: boolean } | null {
  for (const element of document.elementsFromPoint(x, y)) {
    if (!(element instanceof HTMLElement)) continue;
    const { column, day } = element.dataset;
    if (column) {
      const box = element.getBoundingClientRect();
      return { at: wallOf(column, Math.min(1440, Math.max(0, ((y - box.top) / box.height) * 1440))), onDays: false };
    }
    if (day) return { at: wallOf(day), onDays: true };
  }
  return null;
}

/** Dragging to make, move and stretch events: what it would be now, and what begins it. Escape lets go of it. */
export function useDrag(zone: string): {
  ghost: { gesture: Gesture; times: Times } | null;
  begin(event: ReactPointerEvent, make: (at: Wall) => Gesture): void;
} {
  const { actions, location, go } = useCalendar();
  const [ghost, show] = useState<{ gesture: Gesture; times: Times } | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  const begin = (down: ReactPointerEvent, make: (at: Wall) => Gesture) => {
    if (down.button !== 0 || !down.isPrimary) return;
    const isTouch = down.pointerType === "touch";
    const start = timeAt(down.clientX, down.clientY);
    if (!start) return;
    const gesture = make(start.at);
    const isNew = gesture.kind === "create" || gesture.kind === "createDays";
    // A click beside an open event closes it, and makes nothing.
    const wasOpen = location.eventId !== null;
    const scroller = (down.target as HTMLElement).closest<HTMLElement>("[data-scroller]");
    let isDragged = false;
    let times: Times | null = null;
    let pointer = { x: down.clientX, y: down.clientY };
    let frame = 0;

    const look = () => {
      const found = timeAt(pointer.x, pointer.y);
      if (!found) return;
      times = timesOfGesture(gesture, found.at, found.onDays);
      show({ gesture, times });
    };
    const roll = () => {
      frame = requestAnimationFrame(roll);
      if (!scroller || !isDragged) return;
      const box = scroller.getBoundingClientRect();
      const by = pointer.y < box.top + edge ? -8 : pointer.y > box.bottom - edge ? 8 : 0;
      if (by === 0 || pointer.y < box.top - edge) return;
      scroller.scrollTop += by;
      look();
    };
    const move = (event: PointerEvent) => {
      pointer = { x: event.clientX, y: event.clientY };
      if (!isDragged && Math.hypot(pointer.x - down.clientX, pointer.y - down.clientY) < slack) return;
      // A finger that moves scrolls.
      if (isTouch) {
        end();
        return;
      }
      isDragged = true;
      document.body.style.userSelect = "none";
      look();
    };
    const end = () => {
      stop.current = null;
      cancelAnimationFrame(frame);
      document.body.style.userSelect = "";
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", end);
      removeEventListener("keydown", key, { capture: true });
      show(null);
    };
    const up = () => {
      const done = isDragged ? times : isNew && !wasOpen ? clicked(gesture, start.at) : null;
      // The click that follows a drag is not one on the event.
      if (isDragged) addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
      end();
      if (!done) return;
      if (gesture.kind === "create" || gesture.kind === "createDays") {
        if (wasOpen) go({});
        setDraft({ ...done, title: "", place: "grid" });
      } else if (!isSame(gesture.occurrence, done)) void actions.reschedule(gesture.occurrence, done, zone);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      end();
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", end);
    addEventListener("keydown", key, { capture: true });
    frame = requestAnimationFrame(roll);
    stop.current = end;
  };
  return { ghost, begin };
}

/** A click makes an hour from the half hour it is in, or a day. */
function clicked(gesture: Gesture, at: Wall): Times {
  if (gesture.kind === "createDays") return timesOfGesture(gesture, at, true);
  const begin = Math.floor(at / 1_800_000) * 1_800_000;
  return { begin, end: begin + 3_600_000, isAllDay: false };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
