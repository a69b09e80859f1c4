import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { whenText } from "../../../lib/calendar/format";
import { useCalendar } from "../state/CalendarContext";
import { type Draft, offerDraft, setDraft } from "../state/draft";
import { newEvent } from "../state/location";
import { eventOfDraft } from "../state/newEvent";
import { AnchoredCard } from "./AnchoredCard";
import classes from "./DraftCard.module.css";

/** Beside a place in the view that was chosen: a title is enough, and the rest is one click away. */
export function DraftCard({ draft }: { draft: Draft }) {
  const { t, i18n } = useTranslation("calendar");
  const { actions, calendars, home, zone, location, go } = useCalendar();
  const [title, setTitle] = useState(draft.title);
  const [chosen, choose] = useState(home);
  if (!home || !chosen) return null;
  const writable = calendars.entries.filter(({ mayWrite }) => mayWrite);
  const keyOf = (entry: typeof home) => `${entry.account.id}.${entry.calendar.id}`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDraft(null);
    const made = eventOfDraft({ ...draft, title: title.trim() }, chosen, zone, location.day);
    void actions.create(chosen.account.id, made).then((id) => {
      if (id === null) offerDraft({ ...draft, title });
    });
  };
  const more = () => {
    setDraft({ ...draft, title, place: "form" });
    go({ eventId: newEvent, editing: true });
  };
  return (
    <AnchoredCard anchor="[data-draft]" label={t("form.new")} onClose={() => setDraft(null)}>
      <form className={classes.card} onSubmit={submit}>
        <TextInput
          variant="unstyled"
          classNames={{ input: classes.title }}
          aria-label={t("fields.title")}
          placeholder={t("fields.titlePlaceholder")}
          data-autofocus
          autoComplete="off"
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <p className={classes.when}>{whenText(draft, i18n.language)}</p>
        {writable.length > 1 && (
          <NativeSelect
            aria-label={t("fields.calendar")}
            value={keyOf(chosen)}
            data={writable.map((entry) => ({ value: keyOf(entry), label: entry.calendar.name }))}
            onChange={(event) => choose(writable.find((entry) => keyOf(entry) === event.currentTarget.value) ?? chosen)}
          />
        )}
        <div className={classes.buttons}>
          <Button variant="subtle" onClick={more}>
            {t("draft.more")}
          </Button>
          <Button type="submit">{t("save")}</Button>
        </div>
      </form>
    </AnchoredCard>
  );
}
