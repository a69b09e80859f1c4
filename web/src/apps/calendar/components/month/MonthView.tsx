import { Popover } from "@mantine/core";
import { type CSSProperties, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayText, monthText, weekdayText } from "../../../../lib/calendar/format";
import type { Occurrence } from "../../../../lib/calendar/occurrence";
import { type Day, dayLength, dayOf, isoWeek, type Wall, wallOf } from "../../../../lib/calendar/time";
import { useIsPhone } from "../../../../ui";
import { useCalendar } from "../../state/CalendarContext";
import { useDraft } from "../../state/draft";
import type { Gesture } from "../../state/drag";
import { type Bar, fitting, lanesOf } from "../../state/lanes";
import { usePreferences } from "../../state/preferences";
import { weeksOfMonth } from "../../state/range";
import type { Times } from "../../state/reschedule";
import { useDrag } from "../../state/useDrag";
import { EventBlock } from "../grid/EventBlock";
import classes from "./MonthView.module.css";

interface MonthViewProps {
  day: Day;
  occurrences: readonly Occurrence[];
}

/** Of a line, with the gap below it; as in the style sheet. */
const line = 24;
const head = 30;

/** A month in weeks; what does not fit in a day is behind its "n more". */
export function MonthView({ day, occurrences }: MonthViewProps) {
  const { t, i18n } = useTranslation("calendar");
  const { zone } = useCalendar();
  const { weekNumbers } = usePreferences();
  const { ghost, begin } = useDrag(zone);
  const draft = useDraft();
  const month = day.slice(0, 7);
  const weeks = useMemo(() => weeksOfMonth(`${month}-01`), [month]);
  const body = useRef<HTMLDivElement>(null);
  const [lanes, setLanes] = useState(4);
  const first = weeks[0] ?? [];

  useLayoutEffect(() => {
    const element = body.current;
    if (!element) return;
    const measure = () => setLanes(Math.max(1, Math.floor((element.clientHeight / weeks.length - head) / line)));
    measure();
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [weeks.length]);

  // Each bar lies over the days it touches: what ends at night is not of the next day.
  const spans = useMemo(
    () =>
      occurrences.map((occurrence) => ({
        occurrence,
        begin: occurrence.begin,
        // From one evening to the small hours is of one day.
        end: !occurrence.isLong
          ? Math.min(occurrence.end, wallOf(dayOf(occurrence.begin)) + dayLength)
          : occurrence.end,
      })),
    [occurrences],
  );
  const times = ghost?.times ?? (draft?.place === "grid" ? draft : null);
  return (
    <div className={classes.month} data-numbers={weekNumbers || undefined} data-dragging={ghost ? true : undefined}>
      <div className={classes.head}>
        {weekNumbers && <span className={classes.corner} />}
        {first.map((each) => (
          <span key={each} className={classes.weekday}>
            <span className={classes.wide}>{weekdayText(each, i18n.language, "long")}</span>
            <span className={classes.narrow} aria-hidden>
              {weekdayText(each, i18n.language, "narrow")}
            </span>
          </span>
        ))}
      </div>
      <div ref={body} className={classes.body}>
        {weeks.map((days) => (
          <Week
            key={days[0]}
            days={days}
            month={month}
            spans={spans}
            lanes={lanes}
            times={times}
            moving={ghost && "occurrence" in ghost.gesture ? ghost.gesture.occurrence : null}
            begin={begin}
            numberLabel={weekNumbers ? t("weekOf", { week: isoWeek(days[0] ?? day) }) : null}
          />
        ))}
      </div>
    </div>
  );
}

interface Span {
  occurrence: Occurrence;
  begin: Wall;
  end: Wall;
}

interface WeekProps {
  days: readonly Day[];
  month: string;
  spans: readonly Span[];
  lanes: number;
  times: Times | null;
  moving: Occurrence | null;
  begin(event: PointerEvent, make: (at: Wall) => Gesture): void;
  numberLabel: string | null;
}

function Week({ days, month, spans, lanes, times, moving, begin, numberLabel }: WeekProps) {
  const { t, i18n } = useTranslation("calendar");
  const { go, now, home, mayWrite, colourOf } = useCalendar();
  const isPhone = useIsPhone();
  const today = dayOf(now);
  const bars = useMemo(() => lanesOf(spans, days), [spans, days]);
  const { shown, hidden } = useMemo(() => fitting(bars, days.length, lanes), [bars, days, lanes]);
  const ghosts = times
    ? lanesOf([{ begin: times.begin, end: times.isAllDay ? times.end : times.begin + 1 }], days)
    : [];
  const monday = days[0] ?? "";
  return (
    <div className={classes.week} style={{ "--lanes": lanes } as CSSProperties}>
      {numberLabel !== null && (
        <button
          type="button"
          className={classes.number}
          aria-label={numberLabel}
          onClick={() => go({ view: "week", day: monday })}
        >
          {isoWeek(monday)}
        </button>
      )}
      <div
        className={classes.days}
        onPointerDown={(down) => {
          if (home && !(down.target as HTMLElement).closest("button"))
            begin(down, (from) => ({ kind: "createDays", from }));
        }}
      >
        {days.map((day, at) => (
          <div
            key={day}
            className={classes.day}
            style={{ gridColumn: at + 1 }}
            data-day={day}
            data-other={!day.startsWith(month) || undefined}
            data-weekend={at > 4 || undefined}
          >
            <button
              type="button"
              className={classes.date}
              data-today={day === today || undefined}
              // Drawn by the style sheet: the name of the button says it in full (WCAG 2.5.3).
              data-month={day.endsWith("-01") && !isPhone ? monthText(day, i18n.language, "short") : undefined}
              aria-label={dayText(day, i18n.language)}
              aria-current={day === today ? "date" : undefined}
              onClick={() => go({ view: "day", day })}
            >
              {Number(day.slice(8))}
            </button>
          </div>
        ))}
        {shown.map((bar) => (
          <div
            key={bar.item.occurrence.key}
            className={classes.bar}
            style={{
              gridColumn: `${bar.from + 1} / span ${bar.span}`,
              gridRow: bar.lane + 2,
              ...(moving?.key === bar.item.occurrence.key && { opacity: 0.4 }),
            }}
          >
            <EventBlock
              occurrence={bar.item.occurrence}
              shape={bar.item.occurrence.isLong ? "bar" : "line"}
              before={bar.before}
              after={bar.after}
              onPointerDown={(down) =>
                mayWrite(bar.item.occurrence) &&
                begin(down, (grabbed) => ({ kind: "moveDays", occurrence: bar.item.occurrence, grabbed }))
              }
            />
          </div>
        ))}
        {ghosts.map(({ from, span }) => (
          <div
            key="ghost"
            data-draft
            className={classes.ghost}
            style={
              {
                gridColumn: `${from + 1} / span ${span}`,
                "--event": moving ? colourOf(moving) : (home?.colour ?? "currentColor"),
              } as CSSProperties
            }
          >
            {moving ? moving.event.title?.trim() || t("unnamed") : t("draft.title")}
          </div>
        ))}
        {hidden.map((count, at) =>
          count > 0 ? (
            <More key={days[at]} day={days[at] ?? ""} at={at} lane={lanes} count={count} bars={bars} />
          ) : null,
        )}
      </div>
    </div>
  );
}

interface MoreProps {
  day: Day;
  at: number;
  lane: number;
  count: number;
  bars: readonly Bar<Span>[];
}

/** How many more there are on a day, and all of them when asked. */
function More({ day, at, lane, count, bars }: MoreProps) {
  const { t, i18n } = useTranslation("calendar");
  const isPhone = useIsPhone();
  const [isOpen, setOpen] = useState(false);
  const there = bars.filter((bar) => bar.from <= at && at < bar.from + bar.span);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom" width={260} trapFocus shadow="lg">
      <Popover.Target>
        <button
          type="button"
          className={classes.more}
          style={{ gridColumn: at + 1, gridRow: lane + 1 }}
          aria-label={t("moreOn", { count, day: dayText(day, i18n.language) })}
          onClick={() => setOpen(!isOpen)}
        >
          {isPhone ? count : t("more", { count })}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={dayText(day, i18n.language)}>
        <p className={classes.popoverTitle}>{dayText(day, i18n.language)}</p>
        <ul className={classes.list}>
          {there.map(({ item }) => (
            <li key={item.occurrence.key} className={classes.listItem}>
              <EventBlock occurrence={item.occurrence} shape={item.occurrence.isLong ? "bar" : "line"} />
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
