import { ActionIcon, NativeSelect, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Anniversary, PartialDate } from "../../../../lib/jmap/contacts";
import { withEntry } from "../../state/edit";
import classes from "./CardForm.module.css";

// i18n: contacts:dates.*
const kinds = ["birth", "wedding", "death"];

interface DateRowsProps {
  map: Record<string, Anniversary>;
  onChange(map: Record<string, Anniversary>): void;
}

/** Days of somebody's life; the year may be unknown (RFC 9553 §2.8.1). */
export function DateRows({ map, onChange }: DateRowsProps) {
  const { t, i18n } = useTranslation("contacts");
  const month = new Intl.DateTimeFormat(i18n.language, { month: "long", timeZone: "UTC" });
  const months = Array.from({ length: 12 }, (_, at) => ({
    value: String(at + 1),
    label: month.format(new Date(Date.UTC(2000, at, 1))),
  }));
  return (
    <fieldset className={classes.rows}>
      <legend className={classes.legend}>{t("fields.date")}</legend>
      {Object.entries(map).map(([key, anniversary]) => {
        const { kind, date } = anniversary;
        // A moment is not a day: it is shown, and stays as it is.
        if ("utc" in date) return null;
        const set = (part: keyof PartialDate, text: string) => {
          const number = Number.parseInt(text, 10);
          const { [part]: _, ...rest } = date;
          const next = Number.isNaN(number) ? rest : { ...rest, [part]: number };
          onChange(withEntry(map, key, { ...anniversary, date: next }));
        };
        return (
          <div key={key} className={classes.row}>
            <div className={classes.date}>
              <TextInput
                className={classes.day}
                aria-label={t("dates.day")}
                placeholder={t("dates.day")}
                inputMode="numeric"
                maxLength={2}
                value={date.day ?? ""}
                onChange={(event) => set("day", event.currentTarget.value)}
              />
              <NativeSelect
                className={classes.value}
                aria-label={t("dates.month")}
                data={[{ value: "", label: t("dates.month") }, ...months]}
                value={String(date.month ?? "")}
                onChange={(event) => set("month", event.currentTarget.value)}
              />
              <TextInput
                className={classes.year}
                aria-label={t("dates.year")}
                placeholder={t("dates.year")}
                inputMode="numeric"
                maxLength={4}
                value={date.year ?? ""}
                onChange={(event) => set("year", event.currentTarget.value)}
              />
            </div>
            <NativeSelect
              className={classes.label}
              aria-label={t("dates.kind")}
              data={[...new Set([...kinds, kind])].map((each) => ({
                value: each,
                label: kinds.includes(each) ? t(`dates.${each}`) : each,
              }))}
              value={kind}
              onChange={(event) => onChange(withEntry(map, key, { ...anniversary, kind: event.currentTarget.value }))}
            />
            <ActionIcon
              size="lg"
              aria-label={t("form.removeValue", { field: t("fields.date"), value: "" })}
              onClick={() => onChange(withEntry(map, key, null))}
            >
              <IconX className={classes.icon} />
            </ActionIcon>
          </div>
        );
      })}
    </fieldset>
  );
}
