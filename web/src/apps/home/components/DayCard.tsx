import { Button } from "@mantine/core";
import { IconMapPin, IconVideo } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { timeText } from "../../../lib/calendar/format";
import { locationText, videoUri } from "../../../lib/calendar/places";
import { type Day, dayLength, minute, readWall, type Wall } from "../../../lib/calendar/time";
import { useAccounts } from "../../../lib/calendar/useAccounts";
import { SkeletonRows } from "../../../ui";
import { mayJoin, momentOf } from "../state/agenda";
import type { Coloured } from "../state/useHome";
import { Card, Nothing } from "./Card";
import classes from "./DayCard.module.css";

interface DayCardProps {
  title: string;
  day: Day;
  /** Null while they are asked for. */
  events: readonly Coloured[] | null;
  now: Wall;
  isToday?: boolean;
}

/** The events of a day, with what goes on now and what comes next. */
export function DayCard({ title, day, events, now, isToday = false }: DayCardProps) {
  const { t } = useTranslation("home");
  const link = { to: "/calendar/$", splat: `day/${day}`, text: t("openCalendar") } as const;
  return (
    <Card title={title} link={link}>
      {events === null ? (
        <SkeletonRows rows={isToday ? 3 : 2} height={52} />
      ) : events.length === 0 ? (
        <Nothing
          action={
            <Button
              size="compact-md"
              variant="light"
              renderRoot={(props) => <Link {...props} to="/calendar/$" params={{ _splat: `day/${day}/new/edit` }} />}
            >
              {t("plan")}
            </Button>
          }
        >
          {t(isToday ? "nothingToday" : "nothingTomorrow")}
        </Nothing>
      ) : (
        <ul className={classes.events}>
          {events.map((one) => (
            <EventRow key={one.key} one={one} all={events} day={day} now={now} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function EventRow({ one, all, day, now }: { one: Coloured; all: readonly Coloured[]; day: Day; now: Wall }) {
  const { t } = useTranslation("home");
  const isOwn = useAccounts().find(({ id }) => id === one.accountId)?.isPrimary ?? false;
  const moment = momentOf(one, all, now);
  const { event } = one;
  const title = event.title?.trim() || t("calendar:unnamed");
  const place = locationText(event);
  const video = videoUri(event);
  const isWhole = one.isAllDay || (one.begin <= readWall(day) && one.end >= readWall(day) + dayLength);
  const minutes = Math.round((one.begin - now) / minute);
  return (
    <li
      className={classes.event}
      data-moment={moment}
      style={{ "--event": one.colour } as CSSProperties}
      aria-current={moment === "now" ? "time" : undefined}
    >
      <Link
        className={classes.link}
        to="/calendar/$"
        params={{ _splat: `day/${day}/${event.id}` }}
        search={isOwn ? {} : { account: one.accountId }}
      >
        <span className={classes.time}>
          {isWhole ? (
            t("allDay")
          ) : (
            <>
              {timeText(Math.max(one.begin, readWall(day)))}
              <span className={classes.end}>{timeText(one.end)}</span>
            </>
          )}
        </span>
        <span className={classes.bar} aria-hidden />
        <span className={classes.what}>
          <span className={classes.title}>{title}</span>
          {place && (
            <span className={classes.place}>
              <IconMapPin className={classes.icon} aria-hidden />
              <span className={classes.placeText}>{place}</span>
            </span>
          )}
        </span>
        {moment === "now" && <span className={classes.badge}>{t("now")}</span>}
        {moment === "next" && (
          <span className={classes.badge} data-next>
            {minutes < 60 ? t("inMinutes", { count: Math.max(1, minutes) }) : t("next")}
          </span>
        )}
      </Link>
      {video && moment !== "past" && (
        <Button
          component="a"
          href={video}
          target="_blank"
          rel="noreferrer noopener"
          size="compact-md"
          variant={mayJoin(one, now) ? "filled" : "subtle"}
          leftSection={<IconVideo className={classes.icon} />}
          aria-label={t("joinOf", { title })}
        >
          {t("join")}
        </Button>
      )}
    </li>
  );
}
