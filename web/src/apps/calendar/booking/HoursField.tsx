import { ActionIcon, Switch, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { weekdayText } from "../../../lib/calendar/format";
import { addDays } from "../../../lib/calendar/time";
import classes from "./Booking.module.css";
import { type BookingHours, weekDays } from "./bookingPages";
import { hoursAfter } from "./hours";

interface HoursFieldProps {
  hours: BookingHours[];
  onChange(hours: BookingHours[]): void;
}

/** The hours of a week, a line a day. */
export function HoursField({ hours, onChange }: HoursFieldProps) {
  const { t, i18n } = useTranslation("booking");
  return (
    <ul className={classes.week}>
      {weekDays.map((day, at) => {
        const name = weekdayText(addDays("2026-03-02", at), i18n.language, "long");
        const own = hours.filter((one) => one.day === day);
        const next = hoursAfter(hours, day);
        const change = (which: BookingHours, part: Partial<BookingHours>) =>
          onChange(hours.map((one) => (one === which ? { ...one, ...part } : one)));
        return (
          <li key={day} className={classes.weekday}>
            <Switch
              className={classes.dayName}
              label={name}
              checked={own.length > 0}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked && next
                    ? [...hours, { day, from: "09:00", to: "17:00" }]
                    : hours.filter((one) => one.day !== day),
                )
              }
            />
            <div className={classes.ranges}>
              {own.length === 0 && <span className={classes.soft}>{t("unavailable")}</span>}
              {own.map((one, index) => (
                // Of a day there are few, and they are told apart by their place.
                // biome-ignore lint/suspicious/noArrayIndexKey: the times themselves change while they are written
                <div key={index} className={classes.range}>
                  <TimeInput
                    label={t("from", { day: name })}
                    value={one.from}
                    onChange={(from) => change(one, { from })}
                  />
                  <span aria-hidden>–</span>
                  <TimeInput
                    label={t("to", { day: name })}
                    value={one.to}
                    onChange={(to) => change(one, { to: to === "00:00" ? "24:00" : to })}
                  />
                  <ActionIcon
                    aria-label={t("removeHours", { day: name })}
                    onClick={() => onChange(hours.filter((other) => other !== one))}
                  >
                    <IconX className={classes.icon} />
                  </ActionIcon>
                </div>
              ))}
            </div>
            {own.length > 0 && next && (
              <ActionIcon aria-label={t("addHours", { day: name })} onClick={() => onChange([...hours, next])}>
                <IconPlus className={classes.icon} />
              </ActionIcon>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** A time of a day; midnight at its end is shown as fields of time show it. */
function TimeInput({ label, value, onChange }: { label: string; value: string; onChange(time: string): void }) {
  return (
    <TextInput
      type="time"
      size="sm"
      className={classes.time}
      aria-label={label}
      value={value === "24:00" ? "00:00" : value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
