import { type CSSProperties, Fragment, type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { dayText, timeText, weekdayText } from "../../../../lib/calendar/format";
import type { Occurrence } from "../../../../lib/calendar/occurrence";
import {
  type Day,
  dayLength,
  dayOf,
  hour,
  isoWeek,
  minute,
  minutesOf,
  type Wall,
  wallOf,
} from "../../../../lib/calendar/time";
import { cityOf, momentOf, moved, offsetText } from "../../../../lib/calendar/zones";
import { useCalendar } from "../../state/CalendarContext";
import { type Column, columnsOf } from "../../state/columns";
import { useDraft } from "../../state/draft";
import { usePreferences } from "../../state/preferences";
import type { Times } from "../../state/reschedule";
import { useDrag } from "../../state/useDrag";
import { AllDayLane } from "./AllDayLane";
import { EventBlock } from "./EventBlock";
import classes from "./TimeGrid.module.css";

interface TimeGridProps {
  days: readonly Day[];
  occurrences: readonly Occurrence[];
}

/** Too short to read is drawn so long. */
const leastMinutes = 22;
/** The hour that a day is opened at. */
const morning = 7.5;
const hours = Array.from({ length: 24 }, (_, at) => at);

/** Days beside one another, hour by hour, with what lasts whole days above them. */
export function TimeGrid({ days, occurrences }: TimeGridProps) {
  const { t, i18n } = useTranslation("calendar");
  const { zone, now, go, mayWrite, home } = useCalendar();
  const { sideZones } = usePreferences();
  const { ghost, begin } = useDrag(zone);
  const draft = useDraft();
  const scroller = useRef<HTMLDivElement>(null);
  const today = dayOf(now);
  const timed = useMemo(() => occurrences.filter(({ isLong }) => !isLong), [occurrences]);
  const long = useMemo(() => occurrences.filter(({ isLong }) => isLong), [occurrences]);
  const zones = [zone, ...sideZones.filter((other) => other !== zone)];
  const noon = momentOf(wallOf(days[0] ?? today, 12 * 60), zone);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element) element.scrollTop = (element.scrollHeight / 24) * morning;
  }, []);
  // An event that is opened by its address is where it can be seen.
  const { location } = useCalendar();
  useEffect(() => {
    if (location.eventId === null) return;
    scroller.current?.querySelector(`[data-open]`)?.scrollIntoView({ block: "nearest" });
  }, [location.eventId]);

  const ghostTimes: Times | null = ghost?.times ?? (draft?.place === "grid" ? draft : null);
  const moving = ghost && "occurrence" in ghost.gesture ? ghost.gesture.occurrence : null;
  const beginNew = (down: PointerEvent) => {
    if (!home || (down.target as HTMLElement).closest("[data-event]")) return;
    begin(down, (from) => ({ kind: "create", from }));
  };

  return (
    <div
      className={classes.grid}
      style={{ "--days": days.length, "--gutters": zones.length } as CSSProperties}
      data-dragging={ghost ? true : undefined}
    >
      <div className={classes.head}>
        <div className={classes.corner}>
          {days.length > 1 && (
            <abbr className={classes.week} title={t("weekOf", { week: isoWeek(days[0] ?? today) })}>
              {t("weekShort", { week: isoWeek(days[0] ?? today) })}
            </abbr>
          )}
        </div>
        {days.map((day) => (
          <button
            key={day}
            type="button"
            className={classes.day}
            data-today={day === today || undefined}
            data-past={day < today || undefined}
            aria-label={dayText(day, i18n.language)}
            aria-current={day === today ? "date" : undefined}
            onClick={() => go({ view: days.length > 1 ? "day" : "week", day })}
          >
            {/* Drawn by the style sheet: the name of the button says it in full (WCAG 2.5.3). */}
            <span className={classes.weekday} data-text={weekdayText(day, i18n.language)} />
            <span className={classes.date}>{Number(day.slice(8))}</span>
          </button>
        ))}
      </div>
      <AllDayLane days={days} occurrences={long} ghost={ghost} draft={draft} begin={begin} />
      {zones.length > 1 && (
        <div className={classes.zoneNames}>
          {zones.map((each) => (
            <span key={each} className={classes.zoneName} title={each}>
              {cityOf(each)}
              <small>{offsetText(noon, each)}</small>
            </span>
          ))}
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard (WCAG 2.1.1) */}
      <section ref={scroller} className={classes.scroller} data-scroller aria-label={t("grid.hours")} tabIndex={0}>
        <div className={classes.body}>
          {zones.map((each) => (
            <div key={each} className={classes.gutter} aria-hidden>
              {hours.slice(1).map((at) => (
                <span key={at} className={classes.hour} style={{ insetBlockStart: `${(at / 24) * 100}%` }}>
                  {timeText(moved(wallOf(days[0] ?? today, at * 60), zone, each))}
                </span>
              ))}
              {each === zone && days.includes(today) && (
                <span className={classes.nowTime} style={{ insetBlockStart: `${(minutesOf(now) / 1440) * 100}%` }}>
                  {timeText(now)}
                </span>
              )}
            </div>
          ))}
          {days.map((day) => (
            <DayColumn
              key={day}
              day={day}
              occurrences={timed}
              moving={moving}
              ghost={ghostTimes}
              now={day === today ? now : null}
              onNew={beginNew}
              onMove={(occurrence) => (down) =>
                mayWrite(occurrence) &&
                begin(down, (at) => ({ kind: "move", occurrence, grabbed: at - occurrence.begin }))
              }
              onResize={(occurrence) =>
                mayWrite(occurrence) ? (down) => begin(down, () => ({ kind: "resize", occurrence })) : undefined
              }
            />
          ))}
        </div>
      </section>
    </div>
  );
}

/** So long after something begins, its title and time are read: what begins then may stand over it. */
const headMinutes = 40;

/** What has neighbours to its right reaches a little below them, where its title has room before the first of them begins. */
function widthOf({ item, at, span, of, until }: Column<{ begin: number; end: number }>): number {
  const reaches = at + span < of && until - item.begin >= headMinutes;
  return Math.min(1 - at / of, (span / of) * (reaches ? 1.6 : 1));
}

interface DayColumnProps {
  day: Day;
  occurrences: readonly Occurrence[];
  /** What is being dragged, which is drawn where it would go. */
  moving: Occurrence | null;
  ghost: Times | null;
  now: Wall | null;
  onNew(down: PointerEvent): void;
  onMove(occurrence: Occurrence): (down: PointerEvent) => void;
  onResize(occurrence: Occurrence): ((down: PointerEvent) => void) | undefined;
}

function DayColumn({ day, occurrences, moving, ghost, now, onNew, onMove, onResize }: DayColumnProps) {
  const { t, i18n } = useTranslation("calendar");
  const { colourOf, home } = useCalendar();
  const open = wallOf(day);
  const laid = useMemo(() => {
    const within = occurrences
      .filter(({ begin, end }) => begin < open + dayLength && Math.max(end, begin + 1) > open)
      .map((occurrence) => ({
        occurrence,
        begin: Math.max(0, (occurrence.begin - open) / minute),
        end: Math.min(1440, (occurrence.end - open) / minute),
      }));
    return columnsOf(within, leastMinutes);
  }, [occurrences, open]);
  const isGhostHere = ghost && !ghost.isAllDay && ghost.begin < open + dayLength && ghost.end > open;
  return (
    <section
      className={classes.column}
      aria-label={dayText(day, i18n.language)}
      data-column={day}
      data-weekend={new Date(open).getUTCDay() % 6 === 0 || undefined}
      onPointerDown={onNew}
    >
      {laid.map((laidOut) => {
        const { occurrence, begin, end } = laidOut.item;
        const least = Math.max(end - begin, leastMinutes);
        return (
          <Fragment key={occurrence.key}>
            <EventBlock
              occurrence={occurrence}
              shape="block"
              minutes={least}
              style={{
                top: `${(Math.min(begin, 1440 - leastMinutes) / 1440) * 100}%`,
                height: `calc(${(least / 1440) * 100}% - var(--bastide-hairline))`,
                insetInlineStart: `${(laidOut.at / laidOut.of) * 100}%`,
                width: `calc(${widthOf(laidOut) * 100}% - 0.125rem)`,
                ...(moving?.key === occurrence.key && { opacity: 0.4 }),
              }}
              onPointerDown={onMove(occurrence)}
              onResize={onResize(occurrence)}
            />
          </Fragment>
        );
      })}
      {isGhostHere && (
        <div
          className={classes.ghost}
          data-draft
          style={
            {
              "--event": moving ? colourOf(moving) : (home?.colour ?? "currentColor"),
              top: `${(Math.max(0, ghost.begin - open) / dayLength) * 100}%`,
              height: `${((Math.min(open + dayLength, ghost.end) - Math.max(open, ghost.begin)) / dayLength) * 100}%`,
            } as CSSProperties
          }
        >
          <span className={classes.ghostTitle}>
            {moving ? moving.event.title?.trim() || t("unnamed") : t("draft.title")}
          </span>
          {ghost.end - ghost.begin >= hour / 2 && (
            <span>
              {timeText(ghost.begin)} – {timeText(ghost.end)}
            </span>
          )}
        </div>
      )}
      {now !== null && (
        <div className={classes.now} style={{ insetBlockStart: `${(minutesOf(now) / 1440) * 100}%` }} aria-hidden />
      )}
    </section>
  );
}
