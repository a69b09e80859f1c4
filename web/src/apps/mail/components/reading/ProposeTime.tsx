import { Button, TextInput } from "@mantine/core";
import { IconClockEdit } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { eventPropose } from "../../../../lib/calendar/eventPropose";
import { explain } from "../../../../lib/calendar/explain";
import { whenText } from "../../../../lib/calendar/format";
import { readWall, writeWall } from "../../../../lib/calendar/time";
import { homeZone, moved } from "../../../../lib/calendar/zones";
import type { CalendarEvent } from "../../../../lib/jmap/calendars";
import { failed } from "../../../../ui";
import { shownTimes } from "../../state/invitations";
import classes from "./Invitation.module.css";

interface ProposeTimeProps {
  accountId: string;
  event: CalendarEvent;
}

// i18n: calendar:propose.*
/** Another time, proposed to who invites: the form where it is asked for, and what was said afterwards. */
export function ProposeTime({ accountId, event }: ProposeTimeProps) {
  const { t, i18n } = useTranslation("calendar");
  const { begin, end, isAllDay } = shownTimes(event);
  const [isOpen, setOpen] = useState(false);
  const [isSending, setSending] = useState(false);
  const [sent, setSent] = useState<number | null>(null);
  const [day, setDay] = useState(writeWall(begin).slice(0, 10));
  const [time, setTime] = useState(writeWall(begin).slice(11, 16));
  const [comment, setComment] = useState("");
  const zone = event.timeZone ?? homeZone;

  if (sent !== null)
    return (
      <p className={classes.soft} role="status">
        {t("propose.sent", { when: whenText({ begin: sent, end: sent + (end - begin), isAllDay }, i18n.language) })}
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

  const send = async (submitted: FormEvent) => {
    submitted.preventDefault();
    const wall = readWall(`${day}T${isAllDay ? "00:00" : time}:00`);
    setSending(true);
    try {
      const start = writeWall(isAllDay ? wall : moved(wall, homeZone, zone));
      await eventPropose(accountId, { id: event.id, start, ...(comment.trim() && { comment: comment.trim() }) });
      setSent(wall);
    } catch (error) {
      failed(explain(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <form className={classes.propose} aria-label={t("propose.open")} onSubmit={(submitted) => void send(submitted)}>
      <TextInput
        type="date"
        label={t("propose.day")}
        required
        autoFocus
        value={day}
        onChange={(change) => setDay(change.currentTarget.value)}
      />
      {!isAllDay && (
        <TextInput
          type="time"
          label={t("propose.time")}
          required
          value={time}
          onChange={(change) => setTime(change.currentTarget.value)}
        />
      )}
      <TextInput
        className={classes.grow}
        label={t("propose.comment")}
        maxLength={500}
        autoComplete="off"
        value={comment}
        onChange={(change) => setComment(change.currentTarget.value)}
      />
      <Button type="submit" loading={isSending}>
        {t("propose.send")}
      </Button>
      <Button variant="default" onClick={() => setOpen(false)}>
        {t("propose.cancel")}
      </Button>
    </form>
  );
}
