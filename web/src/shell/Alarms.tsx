import { Button, Menu } from "@mantine/core";
import { IconBellRinging, IconChevronDown, IconMapPin, IconVideo } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "../lib/calendar/alarms";
import { timeText, whenText } from "../lib/calendar/format";
import { occurrenceOf } from "../lib/calendar/occurrence";
import { locationText, videoUri } from "../lib/calendar/places";
import { dayOf, minute } from "../lib/calendar/time";
import { useNow } from "../lib/calendar/useNow";
import { homeZone } from "../lib/calendar/zones";
import classes from "./Alarms.module.css";
import { navigateTo } from "./navigate";
import { alarmUrl, useAlarms } from "./useAlarms";

const mostShown = 3;
/** In minutes. */
const snoozes = [5, 10, 30, 60] as const;

/** The alarms that call, until one says that one has heard them. */
export default function Alarms() {
  const { t } = useTranslation("shell");
  const { ringing, dismiss, snooze } = useAlarms();
  if (ringing.length === 0) return null;
  const shown = ringing.slice(0, mostShown);
  return (
    <section className={classes.alarms} aria-label={t("alarms.title")}>
      <ul className={classes.list}>
        {shown.map((alarm) => (
          <AlarmCard
            key={alarm.key}
            alarm={alarm}
            onDismiss={() => void dismiss(alarm)}
            onSnooze={(minutes) => void snooze(alarm, minutes)}
          />
        ))}
      </ul>
      {ringing.length > mostShown && (
        <p className={classes.rest}>{t("alarms.more", { count: ringing.length - mostShown })}</p>
      )}
    </section>
  );
}

interface AlarmCardProps {
  alarm: Alarm;
  onDismiss(): void;
  onSnooze(minutes: number): void;
}

function AlarmCard({ alarm, onDismiss, onSnooze }: AlarmCardProps) {
  const { t, i18n } = useTranslation("shell");
  const now = useNow(homeZone);
  const [isOpen, setOpen] = useState(false);
  const occurrence = occurrenceOf(alarm.accountId, alarm.event, homeZone);
  const { begin, end, isAllDay } = occurrence;
  const title = alarm.event.title?.trim() || t("alarms.unnamed");
  const place = locationText(alarm.event);
  const video = videoUri(alarm.event);
  const isToday = !isAllDay && dayOf(begin) === dayOf(now) && dayOf(end) === dayOf(now);
  const when = isToday
    ? `${timeText(begin)}${end > begin ? ` – ${timeText(end)}` : ""}`
    : whenText(occurrence, i18n.language);
  return (
    <li className={classes.card}>
      <IconBellRinging className={classes.icon} stroke={1.6} aria-hidden="true" />
      <div className={classes.what}>
        <div role="alert">
          <button type="button" className={classes.title} onClick={() => navigateTo(alarmUrl(alarm))}>
            {title}
          </button>
          <p className={classes.when}>
            {when}
            {!isAllDay && (
              <span className={classes.soft}> · {distance(begin - now, i18n.language, t("alarms.now"))}</span>
            )}
          </p>
          {place && (
            <p className={classes.soft}>
              <IconMapPin className={classes.small} stroke={1.6} aria-hidden="true" /> {place}
            </p>
          )}
        </div>
        <div className={classes.actions}>
          {video && (
            <Button
              component="a"
              href={video}
              target="_blank"
              rel="noreferrer"
              size="compact-sm"
              leftSection={<IconVideo className={classes.small} stroke={1.6} />}
            >
              {t("alarms.join")}
            </Button>
          )}
          <Menu opened={isOpen} onChange={setOpen} position="bottom-start">
            <Menu.Target>
              <Button
                size="compact-sm"
                variant="default"
                rightSection={<IconChevronDown className={classes.small} stroke={1.6} />}
                aria-label={t("alarms.snoozeOf", { title })}
              >
                {t("alarms.snooze")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {snoozes.map((minutes) => (
                <Menu.Item key={minutes} onClick={() => onSnooze(minutes)}>
                  {minutes < 60 ? t("alarms.minutes", { count: minutes }) : t("alarms.hour")}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <Button size="compact-sm" variant="default" onClick={onDismiss} aria-label={t("alarms.dismissOf", { title })}>
            {t("alarms.dismiss")}
          </Button>
        </div>
      </div>
    </li>
  );
}

/** `in 10 minutes`, `5 minutes ago`. */
function distance(ms: number, language: string, now: string): string {
  const minutes = Math.round(ms / minute);
  if (minutes === 0) return now;
  const format = new Intl.RelativeTimeFormat(language === "en" ? "en-GB" : language);
  if (Math.abs(minutes) < 60) return format.format(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return Math.abs(hours) < 24 ? format.format(hours, "hour") : format.format(Math.round(hours / 24), "day");
}
