import { Autocomplete, Button, NativeSelect, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconWorld } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { identitiesQuery } from "../../../../lib/calendar/events";
import { explain } from "../../../../lib/calendar/explain";
import { invitedAs } from "../../../../lib/calendar/people";
import { locationText } from "../../../../lib/calendar/places";
import { dayLength, dayOf, hour, minutesOf, wallOf } from "../../../../lib/calendar/time";
import { allZones, cityOf, momentOf, offsetText } from "../../../../lib/calendar/zones";
import type { CalendarEvent } from "../../../../lib/jmap/calendars";
import { useCopy } from "../../../../lib/useCopy";
import { DateField, failed } from "../../../../ui";
import { blobCopy } from "../../api/blobCopy";
import { useCalendar } from "../../state/CalendarContext";
import { cleaned, ownTimes, withAllDay, withLocation, withTimes, withVideo } from "../../state/form";
import { difference } from "../../state/patch";
import { ColourField } from "../ColourField";
import { AlertRows } from "./AlertRows";
import { AttachmentRows } from "./AttachmentRows";
import classes from "./EventForm.module.css";
import { GuestNotice } from "./GuestNotice";
import { PeopleSection } from "./PeopleSection";
import { RepeatField } from "./RepeatField";
import { TimeField } from "./TimeField";

interface EventFormProps {
  /** What is written on; for a new event, what it begins with. */
  event: CalendarEvent;
  accountId: string;
  isNew: boolean;
  /** Under which what is typed is kept through a reload. */
  keptAs: string;
  /** Gives the event and what it was made of. */
  onSave(event: CalendarEvent, accountId: string, base: CalendarEvent): Promise<boolean>;
  onClose(): void;
}

/** Writes on a copy of the event: what is saved is what differs, and so nothing else changes. */
export function EventForm({ event, accountId, isNew, keptAs, onSave, onClose }: EventFormProps) {
  const { t } = useTranslation("calendar");
  const { zone, calendars } = useCalendar();
  const { data: identities = [] } = useQuery(identitiesQuery(accountId));
  // What who invites decides, a guest only reads (RFC 6638 §3.2.2.1).
  const invitedId = isNew ? null : invitedAs(event, identities);
  const { base, edited, isTouched, change: write, forget } = useCopy<CalendarEvent>(event, keptAs);
  const [account, setAccount] = useState(accountId);
  const [busy, setBusy] = useState(false);
  const [isBefore, setBefore] = useState(false);
  const isAllDay = edited.showWithoutTime === true;
  const own = edited.timeZone ?? zone;
  const [showsZone, setShowsZone] = useState(own !== zone && !isAllDay);
  const { begin, end } = ownTimes(edited, zone);

  const [sending, setSending] = useState(0);

  const change = (next: CalendarEvent | ((present: CalendarEvent) => CalendarEvent)) => {
    setBefore(false);
    write(next);
  };
  const set = <K extends keyof CalendarEvent>(name: K, value: CalendarEvent[K]) => change({ ...edited, [name]: value });

  const isChanged = Object.keys(difference(cleaned(base), cleaned(edited))).length > 0;
  const leave = () => {
    forget();
    onClose();
  };
  const close = () => {
    if (!isChanged || !isTouched) {
      leave();
      return;
    }
    modals.openConfirmModal({
      title: t("form.discardTitle"),
      children: t("form.discardText"),
      labels: { confirm: t("form.discard"), cancel: t("form.goOn") },
      confirmProps: { color: "red" },
      closeButtonProps: { "aria-label": t("close") },
      onConfirm: leave,
    });
  };
  /** Files are sent before it is known in whose calendar the event will be. */
  const bringFiles = async () => {
    const sent = Object.values(edited.links ?? {}).flatMap(({ href, blobId }) => (href || !blobId ? [] : [blobId]));
    if (account === accountId || sent.length === 0) return true;
    try {
      await blobCopy(accountId, account, sent);
      return true;
    } catch (error) {
      failed(explain(error));
      return false;
    }
  };
  const submit = async (submitted: FormEvent) => {
    submitted.preventDefault();
    if (end < begin) {
      setBefore(true);
      return;
    }
    setBusy(true);
    const isSaved = (await bringFiles()) && (await onSave(edited, account, base));
    setBusy(false);
    if (isSaved) forget();
  };

  // A begin that moves takes the end along.
  const setBegin = (next: number) => change(withTimes(edited, next, next + end - begin, zone));
  const setEnd = (next: number) => change(withTimes(edited, begin, next, zone));
  const writable = calendars.entries.filter((entry) => entry.mayWrite && (isNew || entry.account.id === account));
  const calendarId = Object.keys(edited.calendarIds)[0] ?? "";
  const entry = calendars.of(account, calendarId);
  const zones = useMemo(() => allZones(), []);
  const zoneLabel = (each: string) => `${cityOf(each)} (${offsetText(momentOf(begin, each), each)})`;
  const mayBePrivate = entry?.account.isPrimary ?? false;
  const hasDefaults =
    Object.keys((isAllDay ? entry?.calendar.defaultAlertsWithoutTime : entry?.calendar.defaultAlertsWithTime) ?? {})
      .length > 0;

  return (
    <form
      className={classes.form}
      aria-label={t(isNew ? "form.new" : "form.edit")}
      onSubmit={(submitted) => void submit(submitted)}
    >
      <div className={classes.toolbar}>
        <h1 className={classes.heading}>{t(isNew ? "form.new" : "form.edit")}</h1>
        <Button variant="default" onClick={close}>
          {t("cancel")}
        </Button>
        {sending > 0 && <span className={classes.hint}>{t("files.sending", { count: sending })}</span>}
        <Button type="submit" loading={busy} disabled={sending > 0}>
          {t("save")}
        </Button>
      </div>
      <div className={classes.scroller}>
        <div className={classes.column}>
          {invitedId !== null && <GuestNotice accountId={account} event={base} />}
          <fieldset className={classes.lock} disabled={invitedId !== null} aria-label={t("guest.locked")}>
            <TextInput
              classNames={{ input: classes.titleInput }}
              aria-label={t("fields.title")}
              placeholder={t("fields.titlePlaceholder")}
              data-autofocus
              autoFocus
              autoComplete="off"
              value={edited.title ?? ""}
              onChange={(changed) => set("title", changed.currentTarget.value)}
            />
            <section className={classes.group}>
              <div className={classes.switches}>
                <Switch
                  label={t("fields.allDay")}
                  checked={isAllDay}
                  onChange={(changed) => change(withAllDay(edited, changed.currentTarget.checked, base, zone))}
                />
                {!isAllDay && !showsZone && (
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    leftSection={<IconWorld className={classes.icon} />}
                    onClick={() => setShowsZone(true)}
                  >
                    {t("fields.timeZone")}
                  </Button>
                )}
              </div>
              <div className={classes.times}>
                <div className={classes.when}>
                  <DateField
                    label={t("fields.start")}
                    value={dayOf(begin)}
                    onChange={(day) => day && setBegin(wallOf(day, minutesOf(begin)))}
                  />
                  {!isAllDay && <TimeField label={t("fields.startTime")} value={begin} onChange={setBegin} />}
                </div>
                <div className={classes.when}>
                  <DateField
                    label={t("fields.end")}
                    value={dayOf(isAllDay ? end - dayLength : end)}
                    onChange={(day) => day && setEnd(isAllDay ? wallOf(day) + dayLength : wallOf(day, minutesOf(end)))}
                  />
                  {!isAllDay && (
                    <TimeField
                      label={t("fields.endTime")}
                      value={end}
                      onChange={(next) =>
                        setEnd(
                          next < begin && dayOf(next) === dayOf(begin) && begin - next > 12 * hour
                            ? next + dayLength
                            : next,
                        )
                      }
                    />
                  )}
                </div>
              </div>
              {(isBefore || end < begin) && <p className={classes.error}>{t("form.endBefore")}</p>}
              {showsZone && !isAllDay && (
                <Select
                  label={t("fields.timeZone")}
                  searchable
                  maxDropdownHeight={240}
                  limit={60}
                  data={zones.map((each) => ({
                    value: each,
                    label: `${each.replaceAll("_", " ")} · ${offsetText(momentOf(begin, each), each)}`,
                  }))}
                  value={own}
                  allowDeselect={false}
                  description={own !== zone ? zoneLabel(own) : undefined}
                  onChange={(value) => value && set("timeZone", value)}
                />
              )}
              <RepeatField
                rule={edited.recurrenceRule}
                start={dayOf(begin)}
                onChange={(rule) => set("recurrenceRule", rule as CalendarEvent["recurrenceRule"])}
              />
            </section>
            <section className={classes.group}>
              <TextInput
                label={t("fields.location")}
                autoComplete="off"
                value={locationText(edited)}
                onChange={(changed) => change(withLocation(edited, changed.currentTarget.value))}
              />
              <Autocomplete
                label={t("fields.video")}
                placeholder="https://"
                inputMode="url"
                value={Object.values(edited.virtualLocations ?? {})[0]?.uri ?? ""}
                onChange={(uri) => change(withVideo(edited, uri.trim()))}
              />
              <Textarea
                label={t("fields.description")}
                autosize
                minRows={3}
                maxRows={14}
                value={edited.description ?? ""}
                onChange={(changed) => set("description", changed.currentTarget.value)}
              />
              <AttachmentRows
                event={edited}
                accountId={accountId}
                onChange={(links) => change((present) => ({ ...present, links: links(present.links ?? {}) }))}
                onSending={setSending}
              />
            </section>
            <section className={classes.group}>
              <PeopleSection event={edited} saved={isNew ? null : base} onChange={change} />
            </section>
          </fieldset>
          <section className={classes.group}>
            {hasDefaults && (
              <Switch
                label={t("fields.defaultAlerts")}
                checked={edited.useDefaultAlerts === true}
                onChange={(changed) => set("useDefaultAlerts", changed.currentTarget.checked)}
              />
            )}
            {!(hasDefaults && edited.useDefaultAlerts) && (
              <AlertRows alerts={edited.alerts} isAllDay={isAllDay} onChange={(alerts) => set("alerts", alerts)} />
            )}
          </section>
          <section className={classes.group}>
            <div className={classes.pair}>
              <NativeSelect
                label={t("fields.calendar")}
                value={`${account}.${calendarId}`}
                data={writable.map((each) => ({
                  value: `${each.account.id}.${each.calendar.id}`,
                  label: each.account.isPrimary ? each.calendar.name : `${each.calendar.name} (${each.account.name})`,
                }))}
                onChange={(changed) => {
                  const chosen = writable.find(
                    (each) => `${each.account.id}.${each.calendar.id}` === changed.currentTarget.value,
                  );
                  if (!chosen) return;
                  setAccount(chosen.account.id);
                  set("calendarIds", { [chosen.calendar.id]: true });
                }}
              />
              <NativeSelect
                label={t("fields.showAs")}
                value={edited.freeBusyStatus ?? "busy"}
                data={[
                  { value: "busy", label: t("fields.busy") },
                  { value: "free", label: t("fields.free") },
                ]}
                onChange={(changed) => set("freeBusyStatus", changed.currentTarget.value as "busy" | "free")}
              />
            </div>
            {mayBePrivate && (
              <Switch
                label={t("fields.private")}
                description={t("fields.privateText")}
                checked={(edited.privacy ?? "public") !== "public"}
                onChange={(changed) => set("privacy", changed.currentTarget.checked ? "private" : "public")}
              />
            )}
            <ColourField
              label={t("fields.colour")}
              value={edited.color ?? null}
              standard={entry?.colour ?? "currentColor"}
              onChange={(colour) => {
                const { color: _, ...rest } = edited;
                change((colour === null ? rest : { ...edited, color: colour }) as CalendarEvent);
              }}
            />
          </section>
        </div>
      </div>
    </form>
  );
}
