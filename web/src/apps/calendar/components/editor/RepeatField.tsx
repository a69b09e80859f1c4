import { Chip, Group, NativeSelect, NumberInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { weekdayText } from "../../../../lib/calendar/format";
import {
  dayNameOf,
  dayNames,
  isPlain,
  nthOf,
  type Preset,
  presetOf,
  presetRule,
  presets,
  ruleText,
  sampleDay,
} from "../../../../lib/calendar/rule";
import { addMonths, type Day } from "../../../../lib/calendar/time";
import type { RecurrenceRule } from "../../../../lib/jmap/calendars";
import { DateField } from "../../../../ui";
import classes from "./EventForm.module.css";

interface RepeatFieldProps {
  rule: RecurrenceRule | undefined;
  start: Day;
  onChange(rule: RecurrenceRule | undefined): void;
}

// i18n: calendar:repeat.unit.*
const units = ["daily", "weekly", "monthly", "yearly"] as const;

/** How often an event comes back, said in a sentence. */
export function RepeatField({ rule, start, onChange }: RepeatFieldProps) {
  const { t, i18n } = useTranslation("calendar");
  const [isOwn, setOwn] = useState(() => rule !== undefined && isPlain(rule) && presetOf(rule, start) === null);
  const preset = rule ? presetOf(rule, start) : null;
  const isKept = rule !== undefined && !isPlain(rule);
  const choice = rule === undefined ? "none" : isKept ? "kept" : isOwn || preset === null ? "own" : preset;
  const text = (each: RecurrenceRule) => ruleText(each, start, t, i18n.language);
  const ending = { ...(rule?.until && { until: rule.until }), ...(rule?.count && { count: rule.count }) };

  const choose = (value: string) => {
    setOwn(value === "own");
    if (value === "none") onChange(undefined);
    else if (value === "own") onChange(rule && !isKept ? rule : presetRule("weekly", start));
    else if (value !== "kept") onChange({ ...presetRule(value as Preset, start), ...ending });
  };
  const setEnd = (kind: string) => {
    if (!rule) return;
    const { until: _, count: __, ...rest } = rule;
    if (kind === "until") onChange({ ...rest, until: `${addMonths(start, 3)}T23:59:59` });
    else onChange(kind === "count" ? { ...rest, count: 10 } : rest);
  };
  const end = rule?.until ? "until" : rule?.count ? "count" : "never";

  return (
    <div className={classes.repeat}>
      <NativeSelect
        label={t("fields.repeat")}
        value={choice}
        data={[
          { value: "none", label: t("repeat.none") },
          ...presets.map((each) => ({ value: each, label: text(presetRule(each, start)) })),
          ...(isKept ? [{ value: "kept", label: t("repeat.own") }] : []),
          { value: "own", label: t("repeat.custom") },
        ]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {rule && choice === "own" && <OwnRule rule={rule} start={start} onChange={onChange} />}
      {rule && !isKept && (
        <>
          <div className={classes.row}>
            <NativeSelect
              className={classes.grow}
              label={t("repeat.ends")}
              value={end}
              data={[
                { value: "never", label: t("repeat.never") },
                { value: "until", label: t("repeat.onDate") },
                { value: "count", label: t("repeat.after") },
              ]}
              onChange={(event) => setEnd(event.currentTarget.value)}
            />
            {end === "until" && (
              <div className={classes.grow}>
                <DateField
                  label={t("repeat.lastDay")}
                  value={rule.until?.slice(0, 10) ?? ""}
                  onChange={(day) => day && onChange({ ...rule, until: `${day}T23:59:59` })}
                />
              </div>
            )}
            {end === "count" && (
              <NumberInput
                className={classes.grow}
                label={t("repeat.occurrences")}
                min={1}
                max={1000}
                value={rule.count ?? 1}
                onChange={(count) => typeof count === "number" && count > 0 && onChange({ ...rule, count })}
              />
            )}
          </div>
          <p className={classes.sentence} aria-live="polite">
            {text(rule)}
          </p>
        </>
      )}
    </div>
  );
}

function OwnRule({
  rule,
  start,
  onChange,
}: {
  rule: RecurrenceRule;
  start: Day;
  onChange(rule: RecurrenceRule): void;
}) {
  const { t, i18n } = useTranslation("calendar");
  const ending = { ...(rule.until && { until: rule.until }), ...(rule.count && { count: rule.count }) };
  const interval = rule.interval ?? 1;
  const every = (next: RecurrenceRule) => onChange(next);
  const setUnit = (frequency: (typeof units)[number]) =>
    every({
      frequency,
      ...(interval > 1 && { interval }),
      ...(frequency === "weekly" && { byDay: [{ day: dayNameOf(start) }] }),
      ...(frequency === "monthly" && { byMonthDay: [Number(start.slice(8))] }),
      ...ending,
    });
  const chosen = rule.byDay?.map(({ day }) => day) ?? [dayNameOf(start)];
  return (
    <>
      <div className={classes.row}>
        <NumberInput
          className={classes.grow}
          label={t("repeat.interval")}
          min={1}
          max={999}
          value={interval}
          onChange={(value) => {
            const { interval: _, ...rest } = rule;
            if (typeof value === "number" && value > 0) every(value > 1 ? { ...rest, interval: value } : rest);
          }}
        />
        <NativeSelect
          className={classes.grow}
          label={t("repeat.unitLabel")}
          value={rule.frequency}
          data={units.map((unit) => ({ value: unit, label: t(`repeat.unit.${unit}`, { count: interval }) }))}
          onChange={(event) => setUnit(event.currentTarget.value as (typeof units)[number])}
        />
      </div>
      {rule.frequency === "weekly" && (
        <Chip.Group
          multiple
          value={chosen}
          onChange={(days) =>
            days.length > 0 &&
            every({ ...rule, byDay: dayNames.filter((day) => days.includes(day)).map((day) => ({ day })) })
          }
        >
          <Group gap={6} role="group" aria-label={t("repeat.days")}>
            {dayNames.map((day) => (
              <Chip key={day} value={day} size="sm" radius="sm">
                {weekdayText(sampleDay(day), i18n.language)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      {rule.frequency === "monthly" && (
        <NativeSelect
          label={t("repeat.monthlyBy")}
          value={rule.byDay ? "day" : "date"}
          data={(["date", "day"] as const).map((value) => ({
            value,
            label: ruleText(
              presetRule(value === "date" ? "monthlyDate" : "monthlyDay", start),
              start,
              t,
              i18n.language,
            ),
          }))}
          onChange={(event) => {
            const { byDay: _, byMonthDay: __, ...rest } = rule;
            every(
              event.currentTarget.value === "day"
                ? { ...rest, byDay: [{ day: dayNameOf(start), nthOfPeriod: nthOf(start) }] }
                : { ...rest, byMonthDay: [Number(start.slice(8))] },
            );
          }}
        />
      )}
    </>
  );
}
