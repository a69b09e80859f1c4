import { Button, Modal, TextInput } from "@mantine/core";
import { IconCalendar, IconClock, IconMapPin, IconRepeat, IconUsers } from "@tabler/icons-react";
import { type FormEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { whenText } from "../../../lib/calendar/format";
import { readPerson } from "../../../lib/calendar/people";
import { ruleText } from "../../../lib/calendar/rule";
import { dayOf } from "../../../lib/calendar/time";
import type { JSEvent } from "../../../lib/jmap/calendars";
import { useCalendar } from "../state/CalendarContext";
import { offerDialog } from "../state/dialogs";
import { type Draft, setDraft } from "../state/draft";
import { newEvent } from "../state/location";
import { eventOfDraft } from "../state/newEvent";
import { readQuick, type Understood } from "../state/quick";
import classes from "./QuickDialog.module.css";

/** A new event in a line, as one would say it; what is understood is shown while one writes. */
export function QuickDialog({ line: begun = "", onClose }: { line?: string | undefined; onClose(): void }) {
  const { t, i18n } = useTranslation("calendar");
  const { actions, go, home, location, now, zone } = useCalendar();
  const [line, setLine] = useState(begun);
  const understood = useMemo(() => readQuick(line, now, location.day), [line, now, location.day]);
  if (!home) return null;
  const draft = draftOf(understood);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!line.trim()) return;
    onClose();
    go({ day: dayOf(draft.begin) });
    // What was typed is not lost with the connection.
    void actions.create(home.account.id, eventOfDraft(draft, home, zone, location.day)).then((id) => {
      if (id === null) offerDialog({ kind: "quick", line });
    });
  };
  const more = () => {
    onClose();
    setDraft({ ...draft, place: "form" });
    go({ eventId: newEvent, editing: true });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("create")}
      yOffset="12vh"
      centered={false}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          size="lg"
          aria-label={t("quick.label")}
          placeholder={t("quick.placeholder")}
          autoComplete="off"
          value={line}
          onChange={(event) => setLine(event.currentTarget.value)}
        />
        <section className={classes.understood} aria-live="polite" aria-label={t("quick.understood")}>
          <p className={classes.title}>{understood.title || t("quick.untitled")}</p>
          <p className={classes.line} data-guessed={!understood.isDated || undefined}>
            <IconClock className={classes.icon} aria-hidden />
            {whenText(understood, i18n.language)}
          </p>
          {understood.rule && (
            <p className={classes.line}>
              <IconRepeat className={classes.icon} aria-hidden />
              {ruleText(understood.rule, dayOf(understood.begin), t, i18n.language)}
            </p>
          )}
          {understood.location && (
            <p className={classes.line}>
              <IconMapPin className={classes.icon} aria-hidden />
              {understood.location}
            </p>
          )}
          {understood.people.length > 0 && (
            <p className={classes.line}>
              <IconUsers className={classes.icon} aria-hidden />
              {understood.people.join(", ")}
            </p>
          )}
          <p className={classes.line}>
            <IconCalendar className={classes.icon} aria-hidden />
            {home.calendar.name}
          </p>
        </section>
        <div className={classes.buttons}>
          <Button variant="subtle" onClick={more}>
            {t("draft.more")}
          </Button>
          <Button type="submit" disabled={!line.trim()}>
            {t("quick.add")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function draftOf({ title, begin, end, isAllDay, rule, location, people }: Understood): Draft {
  const invited = people.map(readPerson).filter((person) => person !== null);
  const more: Partial<JSEvent> = {
    ...(rule && { recurrenceRule: rule }),
    ...(location && { locations: { l1: { "@type": "Location" as const, name: location } } }),
    ...(invited.length > 0 && {
      participants: Object.fromEntries(invited.map((person, at) => [`p${at + 1}`, person])),
    }),
  };
  return { title, begin, end, isAllDay, more, place: "form" };
}
