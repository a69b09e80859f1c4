import { IconLock, IconMapPin, IconRepeat, IconVideo } from "@tabler/icons-react";
import type { CSSProperties, PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { timeText, whenText } from "../../../../lib/calendar/format";
import type { Occurrence } from "../../../../lib/calendar/occurrence";
import { locationText } from "../../../../lib/calendar/places";
import { useCalendar } from "../../state/CalendarContext";
import { useOpen } from "../../state/useOpen";
import classes from "./EventBlock.module.css";

interface EventBlockProps {
  occurrence: Occurrence;
  /** As a bar over days, as a line of a month, or as a block over hours of so many minutes. */
  shape: "bar" | "line" | "block";
  minutes?: number;
  style?: CSSProperties;
  before?: boolean;
  after?: boolean;
  onPointerDown?(event: PointerEvent): void;
  onResize?(event: PointerEvent): void;
}

/** One event, where it stands. */
export function EventBlock(props: EventBlockProps) {
  const { occurrence, shape, minutes = 0, style, before, after, onPointerDown, onResize } = props;
  const { t, i18n } = useTranslation("calendar");
  const { colourOf, answerOf, calendars, location, now } = useCalendar();
  const open = useOpen();
  const { event, begin, end, isAllDay } = occurrence;
  const title = event.title?.trim() || t("unnamed");
  const calendar = calendars.of(occurrence.accountId, occurrence.calendarId);
  const place = locationText(event);
  const isShort = minutes < 45;
  // What is seen is part of what is said (WCAG 2.5.3), and so the rest is said after it.
  const answer = answerOf(occurrence);
  const said = [
    whenText(occurrence, i18n.language),
    place,
    calendar?.calendar.name,
    answer === "needs-action" && t("answer.status.needs-action"),
    answer === "declined" && t("answer.status.declined"),
  ]
    .filter(Boolean)
    .join(", ");
  const icons = (
    <span className={classes.icons} aria-hidden>
      {event.baseEventId && <IconRepeat className={classes.icon} />}
      {event.privacy && event.privacy !== "public" && <IconLock className={classes.icon} />}
    </span>
  );
  return (
    <button
      type="button"
      className={classes.event}
      style={{ ...style, "--event": colourOf(occurrence) } as CSSProperties}
      data-event={occurrence.key}
      data-shape={shape}
      data-short={(shape === "block" && isShort) || undefined}
      data-timed={(shape === "line" && !isAllDay) || undefined}
      data-past={end <= now || undefined}
      data-free={event.freeBusyStatus === "free" || undefined}
      data-tentative={event.status === "tentative" || answer === "tentative" || undefined}
      data-cancelled={event.status === "cancelled" || answer === "declined" || undefined}
      data-unanswered={answer === "needs-action" || undefined}
      data-new={occurrence.event.id.startsWith("+") || undefined}
      data-open={location.eventId === event.id || undefined}
      data-before={before || undefined}
      data-after={after || undefined}
      aria-haspopup="dialog"
      onPointerDown={onPointerDown}
      onClick={() => open(occurrence)}
      onDoubleClick={() => open(occurrence, true)}
    >
      {shape === "block" ? (
        <>
          <span className={classes.text}>
            <span className={classes.title}>
              {title}
              {isShort && <span className={classes.inlineTime}>{timeText(begin)}</span>}
            </span>
            {!isShort && (
              <span className={classes.time}>
                {timeText(begin)} – {timeText(end)}
              </span>
            )}
            {minutes >= 75 && place && (
              <span className={classes.place}>
                <IconMapPin className={classes.icon} aria-hidden />
                {place}
              </span>
            )}
            {minutes >= 75 && !place && Object.keys(event.virtualLocations ?? {}).length > 0 && (
              <span className={classes.place}>
                <IconVideo className={classes.icon} aria-hidden />
                {t("card.video")}
              </span>
            )}
          </span>
          {!isShort && icons}
          {onResize && (
            <span
              className={classes.handle}
              onPointerDown={(down) => {
                down.stopPropagation();
                onResize(down);
              }}
            />
          )}
        </>
      ) : (
        <>
          {shape === "line" && !isAllDay && <span className={classes.dot} aria-hidden />}
          {!isAllDay && <span className={classes.lineTime}>{timeText(begin)}</span>}
          <span className={classes.title}>{title}</span>
        </>
      )}
      <span className={classes.said}>, {said}</span>
    </button>
  );
}
