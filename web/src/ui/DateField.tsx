import { ActionIcon, TextInput } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./DateField.module.css";
import { dayText, readDay } from "./day";
import { formatDay } from "./RelativeTime";

interface DateFieldProps {
  label: string;
  /** `YYYY-MM-DD`, or nothing. */
  value: string;
  onChange: (day: string) => void;
}

/**
 * A day, written as the language of the client writes it: the browser's own field follows the browser's language instead.
 * Its calendar is there all the same, behind the button.
 */
export function DateField({ label, value, onChange }: DateFieldProps) {
  const { t, i18n } = useTranslation("shell");
  const field = useRef<HTMLInputElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  /** What is being written and is not the day itself. */
  const [typed, setTyped] = useState<string | null>(null);
  const [isLeft, setLeft] = useState(true);
  const isWrong = typed !== null && readDay(typed) === null;

  // The form is not sent while a field holds no day.
  useEffect(() => field.current?.setCustomValidity(isWrong ? t("date.wrong") : ""), [isWrong, t]);

  const write = (text: string) => {
    setTyped(text);
    const day = readDay(text);
    if (day !== null) onChange(day);
  };
  const pick = (day: string) => {
    setTyped(null);
    onChange(day);
  };

  return (
    <TextInput
      ref={field}
      label={label}
      placeholder={t("date.placeholder")}
      inputMode="numeric"
      autoComplete="off"
      value={typed ?? dayText(value)}
      description={value && !isWrong ? formatDay(value, i18n.language) : undefined}
      error={isWrong && isLeft ? t("date.wrong") : undefined}
      inputWrapperOrder={["label", "input", "description", "error"]}
      onChange={(event) => write(event.currentTarget.value)}
      onFocus={() => setLeft(false)}
      onBlur={() => {
        setLeft(true);
        if (!isWrong) setTyped(null);
      }}
      rightSection={
        <>
          <input
            ref={picker}
            type="date"
            className={classes.picker}
            tabIndex={-1}
            aria-hidden="true"
            value={value}
            onChange={(event) => pick(event.currentTarget.value)}
          />
          <ActionIcon aria-label={t("date.choose", { label })} onClick={() => picker.current?.showPicker()}>
            <IconCalendar size={18} stroke={1.6} />
          </ActionIcon>
        </>
      }
    />
  );
}
