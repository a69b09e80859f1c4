import { ActionIcon, Button } from "@mantine/core";
import { IconCheck, IconChevronLeft, IconChevronRight, IconQuestionMark, IconX } from "@tabler/icons-react";
import { type CSSProperties, type MouseEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayText, timeText, whenText } from "../../../../lib/calendar/format";
import { addDays, type Day, dayLength, dayOf, hour, readWall, type Wall, weekday } from "../../../../lib/calendar/time";
import { wallAt } from "../../../../lib/calendar/zones";
import { Avatar } from "../../../../ui";
import { snap, startOfDay } from "../../state/drag";
import { nextFree, overlaps, type Span, workday } from "../../state/freeTime";
import { askedFor, type PersonTimes, type Standing, standingAt } from "../../state/useAvailability";
import classes from "./FindTime.module.css";
import { TimeBand } from "./TimeBand";

interface FindTimeProps extends Span {
  isAllDay: boolean;
  /** On whose clock the times are. */
  zone: string;
  /** Oneself without a name. */
  people: readonly (PersonTimes & { name: string | null })[];
  onMove(begin: Wall): void;
}

const signs = { free: IconCheck, busy: IconX, unknown: IconQuestionMark } as const;
const hours = Array.from({ length: 24 }, (_, at) => at);

/** The time of everybody beside one another, and the event that is proposed over it, to be moved to where all are free. */
export function FindTime({ begin, end, isAllDay, zone, people, onMove }: FindTimeProps) {
  const { t, i18n } = useTranslation("calendar");
  const scroller = useRef<HTMLDivElement>(null);
  const [look, setLook] = useState<{ from: Day; day: Day } | null>(null);
  const [isNone, setNone] = useState(false);
  // Where one looks, until the event is moved elsewhere.
  const day = look?.from === dayOf(begin) ? look.day : dayOf(begin);
  const shown: Span = { begin: readWall(day), end: readWall(day) + dayLength };
  const span = { begin, end };
  const nameOf = (name: string | null) => name ?? t("findTime.you");
  const those = (wanted: Standing) => people.filter((each) => standingAt(each, span) === wanted);
  const listed = (wanted: Standing) =>
    new Intl.ListFormat(i18n.language === "en" ? "en-GB" : i18n.language).format(
      those(wanted).map(({ name }) => nameOf(name)),
    );
  const isBusy = those("busy").length > 0;
  const isPending = those("pending").length > 0;
  const summary = [
    isBusy ? t("findTime.busyThen", { names: listed("busy") }) : "",
    !isBusy && those("free").length > 0 ? t("findTime.freeThen", { names: listed("free") }) : "",
    those("unknown").length > 0 ? t("findTime.unknownOf", { names: listed("unknown") }) : "",
  ]
    .filter(Boolean)
    .join(" ");

  const move = (next: Wall) => {
    setNone(false);
    onMove(next);
  };
  const find = () => {
    const now = wallAt(Date.now(), zone);
    const after = Math.max(begin + (isAllDay ? dayLength : snap), now);
    const busy = people.flatMap((each) => each.busy ?? []);
    const found = nextFree(busy, { length: end - begin, after, until: askedFor(dayOf(begin)).end, isAllDay });
    if (found === null) setNone(true);
    else move(found);
  };
  const put = (event: MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = shown.begin + ((event.clientX - box.left) / box.width) * dayLength;
    move(isAllDay ? shown.begin : Math.floor(at / (2 * snap)) * 2 * snap);
  };

  // The band is in view wherever it goes; on a day that one only looks at, the hours of work are.
  const first = overlaps(span, shown) ? Math.max(begin, shown.begin) : shown.begin + workday.from;
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const perHour = element.scrollWidth / 24;
    const from = ((first - startOfDay(first)) / hour) * perHour;
    const to = Math.min(((end - startOfDay(first)) / hour) * perHour, element.scrollWidth);
    const isSeen = from >= element.scrollLeft && to <= element.scrollLeft + element.clientWidth;
    if (isSeen && element.scrollLeft > 0) return;
    const morning = (workday.from / hour - 0.5) * perHour;
    // Half an hour more, so that the hour that is named at the edge is read whole.
    element.scrollLeft = to <= morning + element.clientWidth ? Math.min(from - perHour, morning) : from - 2.5 * perHour;
  }, [first, end]);

  return (
    <section className={classes.find} aria-label={t("findTime.title")}>
      <div className={classes.head}>
        <div className={classes.days}>
          <ActionIcon
            aria-label={t("findTime.previousDay")}
            onClick={() => setLook({ from: dayOf(begin), day: addDays(day, -1) })}
          >
            <IconChevronLeft className={classes.icon} />
          </ActionIcon>
          <ActionIcon
            aria-label={t("findTime.nextDay")}
            onClick={() => setLook({ from: dayOf(begin), day: addDays(day, 1) })}
          >
            <IconChevronRight className={classes.icon} />
          </ActionIcon>
          <h2 className={classes.day}>{dayText(day, i18n.language)}</h2>
        </div>
        <Button variant="light" size="compact-md" disabled={isPending} onClick={find}>
          {t("findTime.next")}
        </Button>
      </div>
      <div className={classes.board}>
        <ul className={classes.names}>
          {people.map((each) => {
            const standing = standingAt(each, span);
            const Sign = standing === "pending" ? null : signs[standing];
            return (
              <li key={each.address} className={classes.name}>
                <span className={classes.face}>
                  <Avatar name={each.name ?? each.address} address={each.address} size={26} />
                  {Sign && <Sign className={classes.sign ?? ""} data-standing={standing} aria-hidden />}
                </span>
                <span className={classes.nameText}>{nameOf(each.name)}</span>
                <span className={classes.said}>{timesText(each, shown)}</span>
              </li>
            );
          })}
        </ul>
        <div className={classes.scroller} ref={scroller}>
          <div className={classes.hours} aria-hidden>
            {hours.map((at) => (
              <span key={at} className={classes.hour}>
                {at === 0 ? "" : `${String(at).padStart(2, "0")}:00`}
              </span>
            ))}
          </div>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: for the pointer; keys move the band */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same */}
          <div
            className={classes.rows}
            data-weekend={weekday(day) > 5 || undefined}
            style={{ "--from": workday.from / dayLength, "--to": workday.to / dayLength } as CSSProperties}
            data-times={day}
            onClick={put}
          >
            {people.map((each) => (
              <div
                key={each.address}
                className={classes.row}
                data-standing={each.isPending ? "pending" : each.busy === null ? "unknown" : undefined}
                aria-hidden
              >
                {each.busy === null && !each.isPending && (
                  <span className={classes.unknown}>{t("findTime.unknown")}</span>
                )}
                {each.busy
                  ?.filter((busy) => overlaps(busy, shown))
                  .map((busy) => (
                    <span
                      key={busy.begin}
                      className={classes.busy}
                      data-kind={busy.kind}
                      title={`${timeText(busy.begin)} – ${timeText(busy.end)}`}
                      style={placed(busy, shown)}
                    />
                  ))}
              </div>
            ))}
            <TimeBand
              begin={begin}
              end={end}
              isAllDay={isAllDay}
              shown={shown}
              standing={isPending ? "pending" : isBusy ? "busy" : "free"}
              text={`${whenText({ begin, end, isAllDay }, i18n.language)}. ${summary}`}
              onMove={move}
            />
          </div>
        </div>
      </div>
      <p className={classes.summary} data-standing={isBusy ? "busy" : undefined} aria-live="polite">
        {isNone ? t("findTime.none") : isPending ? t("findTime.asking") : summary}
      </p>
    </section>
  );

  /** What the row shows, said. */
  function timesText({ busy, isPending: isAsked }: PersonTimes, within: Span): string {
    if (isAsked) return "";
    if (busy === null) return t("findTime.unknown");
    const times = busy
      .filter((each) => overlaps(each, within))
      .map(
        (each) =>
          `${timeText(Math.max(each.begin, within.begin))} – ${each.end >= within.end ? "24:00" : timeText(each.end)}`,
      );
    return times.length === 0 ? t("findTime.freeAllDay") : t("findTime.busyAt", { times: times.join(", ") });
  }
}

/** Where a span is on the line of a day, by shares of it. */
export function placed({ begin, end }: Span, shown: Span): CSSProperties {
  const length = shown.end - shown.begin;
  const from = Math.max(0, (begin - shown.begin) / length);
  const to = Math.min(1, (end - shown.begin) / length);
  return { insetInlineStart: `${from * 100}%`, width: `${(to - from) * 100}%` };
}
