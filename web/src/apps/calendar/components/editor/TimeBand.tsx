import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { dayLength, minute, minutesOf, type Wall } from "../../../../lib/calendar/time";
import { snap, snapped } from "../../state/drag";
import { overlaps, type Span } from "../../state/freeTime";
import { placed } from "./FindTime";
import classes from "./FindTime.module.css";

interface TimeBandProps extends Span {
  isAllDay: boolean;
  /** The day that the line shows. */
  shown: Span;
  standing: "free" | "busy" | "pending";
  /** When it is, and for whom that is well. */
  text: string;
  onMove(begin: Wall): void;
}

/** The time that is proposed: moved by a quarter of an hour with the arrows, by a day with Page Up and Down, or dragged. */
export function TimeBand({ begin, end, isAllDay, shown, standing, text, onMove }: TimeBandProps) {
  const { t } = useTranslation("calendar");
  const grabbed = useRef<{ x: number; begin: Wall } | null>(null);
  const step = isAllDay ? dayLength : snap;
  const keys = (event: KeyboardEvent) => {
    const by = {
      ArrowLeft: -step,
      ArrowDown: -step,
      ArrowRight: step,
      ArrowUp: step,
      PageUp: -dayLength,
      PageDown: dayLength,
    }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(begin + by);
  };
  const down = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || isAllDay) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    grabbed.current = { x: event.clientX, begin };
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const from = grabbed.current;
    const line = event.currentTarget.parentElement;
    if (!from || !line) return;
    const by = ((event.clientX - from.x) / line.getBoundingClientRect().width) * dayLength;
    const last = Math.max(shown.begin, shown.end - Math.min(end - begin, dayLength));
    const next = Math.min(last, Math.max(shown.begin, snapped(from.begin + by)));
    if (next !== begin) onMove(next);
  };
  const up = () => {
    grabbed.current = null;
  };
  if (!overlaps({ begin, end: Math.max(end, begin + snap) }, shown)) return null;
  return (
    <div
      className={classes.band}
      role="slider"
      tabIndex={0}
      aria-label={t("findTime.proposed")}
      aria-valuemin={0}
      aria-valuemax={24 * 60}
      aria-valuenow={begin < shown.begin ? 0 : minutesOf(begin)}
      aria-valuetext={text}
      aria-orientation="horizontal"
      data-standing={standing}
      style={placed({ begin, end: Math.max(end, begin + 5 * minute) }, shown)}
      onKeyDown={keys}
      onPointerDown={down}
      onPointerMove={drag}
      onPointerUp={up}
      onPointerCancel={up}
      onClick={(event) => event.stopPropagation()}
    />
  );
}
