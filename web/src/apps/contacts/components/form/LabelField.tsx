import { Autocomplete } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Labelled } from "../../../../lib/jmap/contacts";
import { labelOf, withLabel } from "../../state/labels";
import { useLabelText } from "../useLabelText";
import classes from "./CardForm.module.css";

interface LabelFieldProps<T extends Labelled> {
  of: string;
  entry: T;
  choices: readonly string[];
  onChange(entry: T): void;
}

/** What a value is for: one of the usual words, or one's own. */
export function LabelField<T extends Labelled>({ of, entry, choices, onChange }: LabelFieldProps<T>) {
  const { t } = useTranslation("contacts");
  const labelText = useLabelText();
  const [text, setText] = useState(labelText(labelOf(entry)));
  const take = (typed: string) => {
    const label = choices.find((choice) => labelText(choice) === typed.trim()) ?? typed.trim();
    if (typed.trim() !== labelText(labelOf(entry))) onChange(withLabel(entry, label));
  };
  return (
    <Autocomplete
      className={classes.label}
      aria-label={t("form.labelOf", { field: of })}
      placeholder={t("form.label")}
      data={choices.map(labelText)}
      // All of them are offered, whatever stands there.
      filter={({ options }) => options}
      value={text}
      maxLength={60}
      onChange={setText}
      onOptionSubmit={take}
      onBlur={() => take(text)}
    />
  );
}
