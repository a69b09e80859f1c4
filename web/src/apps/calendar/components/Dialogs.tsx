import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "../../../lib/calendar/explain";
import { calendarKeys } from "../../../lib/calendar/keys";
import { calendarColours } from "../../../ui";
import { createCalendar, updateCalendar } from "../api/calendarSet";
import { type Dialog, openDialog, useDialog } from "../state/dialogs";
import { ColourField } from "./ColourField";
import classes from "./Dialogs.module.css";
import { PublishDialog } from "./PublishDialog";
import { QuickDialog } from "./QuickDialog";
import { type CalendarOrigin, originSource, SourceField, SourceState } from "./SourceField";

/** The dialog that is open, whoever opened it. */
export function Dialogs() {
  const dialog = useDialog();
  if (dialog?.kind === "scope") return <ScopeDialog dialog={dialog} />;
  if (dialog?.kind === "tell") return <TellDialog dialog={dialog} />;
  if (dialog?.kind === "calendar") return <CalendarDialog dialog={dialog} />;
  if (dialog?.kind === "publish") return <PublishDialog entry={dialog.entry} onClose={() => openDialog(null)} />;
  if (dialog?.kind === "quick") return <QuickDialog line={dialog.line} onClose={() => openDialog(null)} />;
  return null;
}

// i18n: calendar:scope.*
/** Which occurrences of a series are meant. */
function ScopeDialog({ dialog }: { dialog: Extract<Dialog, { kind: "scope" }> }) {
  const { t } = useTranslation("calendar");
  const { what, scopes, answer } = dialog;
  return (
    <Modal
      opened
      size="sm"
      onClose={() => answer(null)}
      title={t(`scope.${what}`)}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <div className={classes.scopes}>
        {scopes.map((scope, at) => (
          <button
            key={scope}
            type="button"
            className={classes.scope}
            data-autofocus={at === 0 || undefined}
            onClick={() => answer(scope)}
          >
            <span className={classes.scopeName}>{t(`scope.${scope}`)}</span>
            <span className={classes.scopeText}>{t(`scope.${scope}Text`)}</span>
          </button>
        ))}
      </div>
    </Modal>
  );
}

// i18n: calendar:tell.*
/** Who will be told of what one is about to do. */
function TellDialog({ dialog }: { dialog: Extract<Dialog, { kind: "tell" }> }) {
  const { t } = useTranslation("calendar");
  const { what, names, answer } = dialog;
  return (
    <Modal
      opened
      size="sm"
      onClose={() => answer(false)}
      title={t(`tell.${what}`)}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack>
        <p className={classes.told}>{t(`tell.${what}Text`, { names })}</p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => answer(false)}>
            {t("tell.back")}
          </Button>
          <Button data-autofocus {...(what === "move" ? {} : { color: "red" })} onClick={() => answer(true)}>
            {t(`tell.${what}Confirm`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Name and colour of a calendar, which is made or changed. */
function CalendarDialog({ dialog }: { dialog: Extract<Dialog, { kind: "calendar" }> }) {
  const { t, i18n } = useTranslation("calendar");
  const client = useQueryClient();
  const { account, entry } = dialog;
  const [name, setName] = useState(entry?.calendar.name ?? "");
  const [colour, setColour] = useState<string>(entry?.colour ?? calendarColours[1]);
  const [origin, setOrigin] = useState<CalendarOrigin>({ choice: "", address: "", suggestion: "" });
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) {
      setError(t("calendars.nameMissing"));
      return;
    }
    setBusy(true);
    try {
      if (entry) {
        const patch = {
          ...(name.trim() !== entry.calendar.name && { name: name.trim() }),
          ...(colour !== entry.colour && { color: colour }),
        };
        if (Object.keys(patch).length > 0) await updateCalendar(account.id, entry.calendar.id, patch);
      } else
        await createCalendar(account.id, { name: name.trim(), color: colour, ...originSource(origin, i18n.language) });
      await client.invalidateQueries({ queryKey: calendarKeys.calendars(account.id) });
      openDialog(null);
    } catch (failure) {
      setError(explain(failure));
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      size="sm"
      onClose={() => openDialog(null)}
      title={t(entry ? "calendars.edit" : "calendars.create")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <TextInput
            data-autofocus
            label={t("calendars.name")}
            value={name}
            error={error}
            maxLength={200}
            onChange={(event) => {
              setError(null);
              setName(event.currentTarget.value);
            }}
          />
          {entry ? (
            <SourceState accountId={account.id} calendar={entry.calendar} />
          ) : (
            <SourceField
              accountId={account.id}
              origin={origin}
              onChange={(next) => {
                // The name of what one chose, unless one gave another.
                if (name.trim() === "" || name === origin.suggestion) setName(next.suggestion);
                setError(null);
                setOrigin(next);
              }}
            />
          )}
          <ColourField label={t("fields.colour")} value={colour} onChange={(next) => next && setColour(next)} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => openDialog(null)}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t(entry ? "save" : "calendars.confirm")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
