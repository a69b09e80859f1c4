import { Button, TextInput } from "@mantine/core";
import { IconClockEdit } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ProposeTime.module.css";

interface ProposeTimeProps {
  /** What the reader's clock shows when it begins: `2026-11-30T14:00:00`. */
  begin: string;
  isAllDay: boolean;
  /** Sends it; gives whether it went. A time is in milliseconds, as UTC would have them on the reader's clock. */
  onSend(wall: number, comment: string): Promise<boolean>;
  /** A time as people read it. */
  sentText(wall: number): string;
}

// i18n: calendar:propose.*
/**
 * Another time, proposed to who invites: the fields where it is asked for, and what was said afterwards. It is no form of its
 * own, for it stands within others.
 */
export function ProposeTime({ begin, isAllDay, onSend, sentText }: ProposeTimeProps) {
  const { t } = useTranslation("calendar");
  const [isOpen, setOpen] = useState(false);
  const [isSending, setSending] = useState(false);
  const [sent, setSent] = useState<number | null>(null);
  const [day, setDay] = useState(begin.slice(0, 10));
  const [time, setTime] = useState(begin.slice(11, 16));
  const [comment, setComment] = useState("");
  const wall = Date.parse(`${day}T${isAllDay ? "00:00" : time}:00Z`);

  if (sent !== null)
    return (
      <p className={classes.sent} role="status">
        {t("propose.sent", { when: sentText(sent) })}
      </p>
    );
  if (!isOpen)
    return (
      <Button
        size="compact-md"
        variant="subtle"
        leftSection={<IconClockEdit className={classes.icon} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t("propose.open")}
      </Button>
    );

  const send = async () => {
    if (Number.isNaN(wall) || isSending) return;
    setSending(true);
    if (await onSend(wall, comment.trim())) setSent(wall);
    setSending(false);
  };
  return (
    <fieldset
      className={classes.form}
      aria-label={t("propose.open")}
      onKeyDown={(pressed) => {
        if (pressed.key !== "Enter" || !(pressed.target instanceof HTMLInputElement)) return;
        pressed.preventDefault();
        void send();
      }}
    >
      <TextInput
        type="date"
        label={t("propose.day")}
        autoFocus
        value={day}
        onChange={(change) => setDay(change.currentTarget.value)}
      />
      {!isAllDay && (
        <TextInput
          type="time"
          label={t("propose.time")}
          value={time}
          onChange={(change) => setTime(change.currentTarget.value)}
        />
      )}
      <TextInput
        className={classes.grow ?? ""}
        label={t("propose.comment")}
        maxLength={500}
        autoComplete="off"
        value={comment}
        onChange={(change) => setComment(change.currentTarget.value)}
      />
      <Button loading={isSending} disabled={Number.isNaN(wall)} onClick={() => void send()}>
        {t("propose.send")}
      </Button>
      <Button variant="default" onClick={() => setOpen(false)}>
        {t("propose.cancel")}
      </Button>
    </fieldset>
  );
}
