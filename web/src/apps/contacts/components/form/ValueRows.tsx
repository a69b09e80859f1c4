import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Labelled } from "../../../../lib/jmap/contacts";
import { newKey, withEntry } from "../../state/edit";
import { labelChoices } from "../../state/labels";
import classes from "./CardForm.module.css";
import { LabelField } from "./LabelField";

interface ValueRowsProps<T extends Labelled> {
  label: string;
  /** Without it, rows are added by the menu of fields. */
  addLabel?: string;
  type: "email" | "tel" | "url" | "text";
  choices?: readonly string[];
  map: Record<string, T> | undefined;
  read(entry: T): string;
  write(entry: T, value: string): T;
  blank: T;
  prefix: string;
  onChange(map: Record<string, T>): void;
}

/** Values of one kind, each with what it is for. */
export function ValueRows<T extends Labelled>(props: ValueRowsProps<T>) {
  const { label, addLabel, type, choices = labelChoices, map, read, write, blank, prefix, onChange } = props;
  const { t } = useTranslation("contacts");
  const entries = Object.entries(map ?? {});
  const last = useRef<HTMLInputElement>(null);
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    last.current?.focus();
  });
  return (
    <fieldset className={classes.rows}>
      <legend className={classes.legend}>{label}</legend>
      {entries.map(([key, entry], at) => (
        <div key={key} className={classes.row}>
          <TextInput
            ref={at === entries.length - 1 ? last : undefined}
            className={classes.value}
            aria-label={entries.length > 1 ? `${label} ${at + 1}` : label}
            inputMode={type === "email" ? "email" : type === "tel" ? "tel" : type === "url" ? "url" : "text"}
            autoComplete="off"
            value={read(entry)}
            onChange={(event) => onChange(withEntry(map, key, write(entry, event.currentTarget.value)))}
          />
          <LabelField
            of={label}
            entry={entry}
            choices={choices}
            onChange={(labelled) => onChange(withEntry(map, key, labelled))}
          />
          <ActionIcon
            size="lg"
            aria-label={t("form.removeValue", { field: label, value: read(entry) })}
            onClick={() => onChange(withEntry(map, key, null))}
          >
            <IconX className={classes.icon} />
          </ActionIcon>
        </div>
      ))}
      {addLabel && (
        <Button
          className={classes.add}
          variant="subtle"
          size="compact-md"
          leftSection={<IconPlus className={classes.icon} />}
          onClick={() => {
            wantsFocus.current = true;
            onChange(withEntry(map, newKey(map, prefix), blank));
          }}
        >
          {addLabel}
        </Button>
      )}
    </fieldset>
  );
}
