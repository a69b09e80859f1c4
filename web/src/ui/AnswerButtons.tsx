import { Button, TextInput } from "@mantine/core";
import { IconCheck, IconMessage2Plus, IconQuestionMark, IconX } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./AnswerButtons.module.css";

interface AnswerButtonsProps {
  status: string;
  comment: string;
  onAnswer(status: "accepted" | "tentative" | "declined", comment: string): void;
}

// i18n: calendar:answer.give.*
const answers = [
  { status: "accepted", icon: IconCheck },
  { status: "tentative", icon: IconQuestionMark },
  { status: "declined", icon: IconX },
] as const;

/** Whether one comes, with a word to whoever invites where one likes. */
export function AnswerButtons({ status, comment, onAnswer }: AnswerButtonsProps) {
  const { t } = useTranslation("calendar");
  const [text, setText] = useState<string | null>(comment || null);
  const given = answers.find((answer) => answer.status === status);
  const say = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (given) onAnswer(given.status, text?.trim() ?? "");
  };
  return (
    <fieldset className={classes.answer} aria-label={t("answer.label")}>
      <div className={classes.buttons}>
        {answers.map(({ status: each, icon: Icon }) => (
          <Button
            key={each}
            size="compact-md"
            variant={status === each ? "filled" : "default"}
            leftSection={<Icon className={classes.icon} aria-hidden />}
            aria-pressed={status === each}
            onClick={() => onAnswer(each, text?.trim() ?? "")}
          >
            {t(`answer.give.${each}`)}
          </Button>
        ))}
        {text === null && (
          <Button
            size="compact-md"
            variant="subtle"
            leftSection={<IconMessage2Plus className={classes.icon} aria-hidden />}
            onClick={() => setText("")}
          >
            {t("answer.comment")}
          </Button>
        )}
      </div>
      {text !== null && (
        <form className={classes.comment} onSubmit={say}>
          <TextInput
            className={classes.grow}
            aria-label={t("answer.commentLabel")}
            placeholder={t("answer.commentPlaceholder")}
            autoFocus={comment === ""}
            autoComplete="off"
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {given && text.trim() !== comment && (
            <Button type="submit" variant="light">
              {t("answer.send")}
            </Button>
          )}
        </form>
      )}
    </fieldset>
  );
}
