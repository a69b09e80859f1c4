import { type CSSProperties, type PointerEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Occurrence } from "../../../../lib/calendar/occurrence";
import type { Day, Wall } from "../../../../lib/calendar/time";
import { useCalendar } from "../../state/CalendarContext";
import type { Draft } from "../../state/draft";
import type { Gesture } from "../../state/drag";
import { fitting, lanesOf } from "../../state/lanes";
import type { Times } from "../../state/reschedule";
import classes from "./AllDayLane.module.css";
import { EventBlock } from "./EventBlock";

interface AllDayLaneProps {
  days: readonly Day[];
  occurrences: readonly Occurrence[];
  ghost: { gesture: Gesture; times: Times } | null;
  draft: Draft | null;
  begin(event: PointerEvent, make: (at: Wall) => Gesture): void;
}

const most = 3;

/** What lasts whole days, above the hours. */
export function AllDayLane({ days, occurrences, ghost, draft, begin }: AllDayLaneProps) {
  const { t } = useTranslation("calendar");
  const { mayWrite, home } = useCalendar();
  const [isWhole, showWhole] = useState(false);
  const bars = useMemo(() => lanesOf(occurrences, days), [occurrences, days]);
  const lanes = Math.max(0, ...bars.map(({ lane }) => lane + 1));
  const { shown, hidden } = fitting(bars, days.length, isWhole ? lanes : most);
  const times = ghost?.times.isAllDay ? ghost.times : draft?.place === "grid" && draft.isAllDay ? draft : null;
  const isDaysGesture = ghost && (ghost.gesture.kind === "moveDays" || ghost.gesture.kind === "createDays");
  const ghosts = times && (isDaysGesture || ghost?.times.isAllDay || draft) ? lanesOf([times], days) : [];
  const rows = Math.max(1, Math.min(lanes, isWhole ? lanes : most) + (ghosts.length > 0 && lanes > 0 ? 1 : 0));
  return (
    <div className={classes.lane} style={{ "--rows": rows } as CSSProperties}>
      <div className={classes.label}>{t("grid.allDay")}</div>
      <div
        className={classes.days}
        onPointerDown={(down) => {
          if (home && !(down.target as HTMLElement).closest("button"))
            begin(down, (from) => ({ kind: "createDays", from }));
        }}
      >
        {days.map((day, at) => (
          <div key={day} className={classes.day} style={{ gridColumn: at + 1 }} data-day={day} />
        ))}
        {shown.map(({ item, from, span, lane, before, after }) => (
          <div
            key={item.key}
            className={classes.bar}
            style={{ gridColumn: `${from + 1} / span ${span}`, gridRow: lane + 1 }}
          >
            <EventBlock
              occurrence={item}
              shape="bar"
              before={before}
              after={after}
              onPointerDown={(down) =>
                mayWrite(item) && begin(down, (grabbed) => ({ kind: "moveDays", occurrence: item, grabbed }))
              }
            />
          </div>
        ))}
        {hidden.map((count, at) =>
          count > 0 ? (
            <button
              key={days[at]}
              type="button"
              className={classes.more}
              style={{ gridColumn: at + 1, gridRow: most }}
              onClick={() => showWhole(true)}
            >
              {t("more", { count })}
            </button>
          ) : null,
        )}
        {isWhole && lanes > most && (
          <button
            type="button"
            className={classes.more}
            style={{ gridColumn: `1 / -1`, gridRow: lanes + 1 }}
            onClick={() => showWhole(false)}
          >
            {t("fewer")}
          </button>
        )}
        {ghosts.map(({ from, span }) => (
          <div
            key="ghost"
            data-draft
            className={classes.ghost}
            style={
              {
                gridColumn: `${from + 1} / span ${span}`,
                gridRow: lanes > 0 ? rows : 1,
                "--event": home?.colour ?? "currentColor",
              } as CSSProperties
            }
          >
            {ghost && "occurrence" in ghost.gesture ? ghost.gesture.occurrence.event.title : t("draft.title")}
          </div>
        ))}
      </div>
    </div>
  );
}
