import { ActionIcon, Button, Checkbox, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./Booking.module.css";
import type { BookingSettings } from "./bookingPages";

type Questions = BookingSettings["questions"];

interface QuestionsFieldProps {
  questions: Questions;
  onChange(questions: Questions): void;
}

const most = 10;

/** What guests are asked beside their name and address. */
export function QuestionsField({ questions, onChange }: QuestionsFieldProps) {
  const { t } = useTranslation("booking");
  const change = (at: number, part: Partial<Questions[number]>) =>
    onChange(questions.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t("questions")}</legend>
      {questions.map((question, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the words themselves change while they are written
        <div key={at} className={classes.question}>
          <TextInput
            label={t("question", { count: at + 1 })}
            maxLength={200}
            value={question.label}
            onChange={(event) => change(at, { label: event.currentTarget.value })}
          />
          <ActionIcon
            size="lg"
            aria-label={t("removeQuestion", { count: at + 1 })}
            onClick={() => onChange(questions.filter((_, index) => index !== at))}
          >
            <IconX className={classes.icon} />
          </ActionIcon>
          <div className={classes.options}>
            <Checkbox
              label={t("required")}
              checked={question.isRequired}
              onChange={(event) => change(at, { isRequired: event.currentTarget.checked })}
            />
            <Checkbox
              label={t("long")}
              checked={question.isLong}
              onChange={(event) => change(at, { isLong: event.currentTarget.checked })}
            />
          </div>
        </div>
      ))}
      {questions.length === 0 && <p className={classes.soft}>{t("questionsText")}</p>}
      {questions.length < most && (
        <Button
          variant="default"
          size="sm"
          leftSection={<IconPlus className={classes.icon} />}
          onClick={() => onChange([...questions, { label: "", isRequired: false, isLong: false }])}
        >
          {t("addQuestion")}
        </Button>
      )}
    </fieldset>
  );
}
