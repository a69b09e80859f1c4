import { Autocomplete } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { timeText } from "../../../../lib/calendar/format";
import { dayOf, minutesOf, type Wall, wallOf } from "../../../../lib/calendar/time";
import { readTime } from "../../state/clock";
import classes from "./EventForm.module.css";

interface TimeFieldProps {
  label: string;
  value: Wall;
  onChange(value: Wall): void;
}

const choices = Array.from({ length: 48 }, (_, at) => timeText(wallOf("2024-01-01", at * 30)));

/** A time of the day, as one writes it; half hours are offered. */
export function TimeField({ label, value, onChange }: TimeFieldProps) {
  const { t } = useTranslation("calendar");
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && readTime(typed) === null;
  const take = (text: string) => {
    const minutes = readTime(text);
    if (minutes !== null && minutes !== minutesOf(value)) onChange(wallOf(dayOf(value), minutes));
  };
  return (
    <Autocomplete
      className={classes.time}
      aria-label={label}
      data={choices}
      filter={({ options }) => options}
      maxDropdownHeight={220}
      value={typed ?? timeText(value)}
      error={isWrong ? t("form.timeWrong") : undefined}
      inputMode="text"
      onChange={(text) => {
        setTyped(text);
        take(text);
      }}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => {
        if (!isWrong) setTyped(null);
      }}
    />
  );
}
