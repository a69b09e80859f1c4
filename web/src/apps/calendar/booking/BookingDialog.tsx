import {
  Button,
  Checkbox,
  CopyButton,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "../../../lib/calendar/explain";
import { allZones, homeZone } from "../../../lib/calendar/zones";
import { useIsPhone } from "../../../ui";
import { useCalendar } from "../state/CalendarContext";
import type { CalendarEntry } from "../state/useCalendars";
import classes from "./Booking.module.css";
import {
  type BookingPage,
  type BookingSettings,
  bookingKey,
  createBookingPage,
  updateBookingPage,
} from "./bookingPages";
import { HoursField } from "./HoursField";
import { isWrong, usualHours } from "./hours";
import { QuestionsField } from "./QuestionsField";

interface BookingDialogProps {
  accountId: string;
  /** The page that is changed; null to make one. */
  page: BookingPage | null;
  onClose(): void;
}

const lengths = [10, 15, 20, 30, 45, 60, 90, 120, 180];
const buffers = [0, 5, 10, 15, 30, 45, 60, 120];
const notices = [0, 60, 120, 240, 720, 1440, 2880, 4320, 10_080];

/** What a booking page offers, made or changed. */
export default function BookingDialog({ accountId, page, onClose }: BookingDialogProps) {
  const { t, i18n } = useTranslation("booking");
  const client = useQueryClient();
  const isPhone = useIsPhone();
  const { calendars } = useCalendar();
  const [settings, setSettings] = useState<BookingSettings>(() => page ?? fresh(calendars.entries, accountId));
  const [error, setError] = useState<string | null>(null);
  const [isChecked, setChecked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const set = (part: Partial<BookingSettings>) => {
    setError(null);
    setSettings((before) => ({ ...before, ...part }));
  };
  const isUnnamed = settings.title.trim() === "";
  const hoursError = settings.hours.length === 0 ? t("hoursMissing") : isWrong(settings.hours) ? t("hoursWrong") : null;

  const length = (minutes: number) => {
    if (minutes !== 0 && minutes % 1440 === 0) return t("days", { count: minutes / 1440 });
    return minutes !== 0 && minutes % 60 === 0
      ? t("hoursLength", { count: minutes / 60 })
      : t("minutes", { count: minutes });
  };
  const choices = (usual: number[], present: number, label: (minutes: number) => string) =>
    [...new Set([...usual, present])]
      .toSorted((one, other) => one - other)
      .map((each) => ({ value: String(each), label: label(each) }));

  const own = calendars.entries.filter(({ account }) => account.id === accountId);
  const keyOf = (busy: { accountId: string; calendarId: string }) => `${busy.accountId}/${busy.calendarId}`;

  const shown = new Set(
    calendars.entries.map(({ account, calendar }) => keyOf({ accountId: account.id, calendarId: calendar.id })),
  );

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (isUnnamed || hoursError) {
      const form = event.currentTarget;
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong]')?.focus());
      return;
    }
    setBusy(true);
    const whole = {
      ...settings,
      title: settings.title.trim(),
      description: settings.description?.trim() || null,
      location: settings.location?.trim() || null,
      questions: settings.questions.filter(({ label }) => label.trim() !== ""),
    };
    try {
      if (page) {
        await updateBookingPage(accountId, page.id, withoutServerSet(whole));
      } else {
        setMade((await createBookingPage(accountId, whole)).url ?? "");
      }
      await client.invalidateQueries({ queryKey: bookingKey(accountId) });
      if (page) onClose();
    } catch (failure) {
      setError(explain(failure));
    } finally {
      setBusy(false);
    }
  };

  if (made !== null)
    return (
      <Modal opened onClose={onClose} title={settings.title} closeButtonProps={{ "aria-label": t("dismiss") }}>
        <Stack>
          <Text>{t("made")}</Text>
          <TextInput label={t("link")} readOnly value={made} onFocus={(event) => event.currentTarget.select()} />
          <Group justify="flex-end" gap="xs">
            <Button component="a" variant="default" href={made} target="_blank" rel="noopener">
              {t("open")}
            </Button>
            <CopyButton value={made}>
              {({ copied, copy }) => (
                <Button data-autofocus onClick={copy}>
                  {t(copied ? "copied" : "copy")}
                </Button>
              )}
            </CopyButton>
          </Group>
        </Stack>
      </Modal>
    );
  return (
    <Modal
      opened
      size="lg"
      fullScreen={isPhone}
      onClose={onClose}
      title={t(page ? "edit" : "create")}
      closeButtonProps={{ "aria-label": t("dismiss") }}
    >
      <form noValidate onSubmit={(event) => void submit(event)}>
        <Stack gap="lg">
          <TextInput
            data-autofocus
            required
            label={t("name")}
            placeholder={t("nameExample")}
            maxLength={200}
            value={settings.title}
            error={isChecked && isUnnamed && t("nameMissing")}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <div className={classes.pair}>
            <Select
              label={t("duration")}
              allowDeselect={false}
              value={String(settings.duration)}
              data={choices(lengths, settings.duration, length)}
              onChange={(each) =>
                each &&
                // Where one begins when another ends, that stays so.
                set({
                  duration: Number(each),
                  ...(settings.increment === settings.duration && { increment: Number(each) }),
                })
              }
            />
            <Select
              label={t("increment")}
              allowDeselect={false}
              value={String(settings.increment)}
              data={choices(lengths, settings.increment, length)}
              onChange={(each) => each && set({ increment: Number(each) })}
            />
          </div>
          <TextInput
            label={t("location")}
            maxLength={500}
            value={settings.location ?? ""}
            onChange={(event) => set({ location: event.currentTarget.value })}
          />
          <Textarea
            label={t("description")}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4000}
            value={settings.description ?? ""}
            onChange={(event) => set({ description: event.currentTarget.value })}
          />
          <fieldset className={classes.group}>
            <legend className={classes.legend}>{t("hours")}</legend>
            <HoursField hours={settings.hours} onChange={(hours) => set({ hours })} />
            {isChecked && hoursError && (
              <p className={classes.error} role="alert" tabIndex={-1} data-wrong>
                {hoursError}
              </p>
            )}
            <Select
              mt="xs"
              label={t("zone")}
              searchable
              limit={60}
              allowDeselect={false}
              value={settings.timeZone}
              data={zonesWith(settings.timeZone).map((each) => ({ value: each, label: each.replaceAll("_", " ") }))}
              onChange={(timeZone) => timeZone && set({ timeZone })}
            />
            <Switch
              mt="sm"
              label={t("usesAvailability")}
              checked={settings.usesAvailability}
              onChange={(event) => set({ usesAvailability: event.currentTarget.checked })}
            />
          </fieldset>
          <fieldset className={classes.group}>
            <legend className={classes.legend}>{t("limits")}</legend>
            <div className={classes.pair}>
              {(["before", "after"] as const).map((side) => (
                <Select
                  key={side}
                  label={side === "before" ? t("before") : t("after")}
                  allowDeselect={false}
                  value={String(settings[side])}
                  data={choices(buffers, settings[side], (each) => (each === 0 ? t("nothing") : length(each)))}
                  onChange={(each) => each && set({ [side]: Number(each) })}
                />
              ))}
              <Select
                label={t("notice")}
                allowDeselect={false}
                value={String(settings.notice)}
                data={choices(notices, settings.notice, (each) =>
                  each === 0 ? t("atOnce") : t("noticeBefore", { length: length(each) }),
                )}
                onChange={(each) => each && set({ notice: Number(each) })}
              />
              <Select
                label={t("horizon")}
                allowDeselect={false}
                value={String(settings.horizon)}
                data={choices([7, 14, 30, 60, 90, 180, 365], settings.horizon, (each) =>
                  t("horizonAhead", { length: t("days", { count: each }) }),
                )}
                onChange={(each) => each && set({ horizon: Number(each) })}
              />
              <NumberInput
                label={t("mostPerDay")}
                placeholder={t("noMost")}
                min={1}
                max={100}
                allowDecimal={false}
                value={settings.mostPerDay ?? ""}
                onChange={(each) => set({ mostPerDay: typeof each === "number" && each >= 1 ? each : null })}
              />
            </div>
          </fieldset>
          <fieldset className={classes.group}>
            <legend className={classes.legend}>{t("calendars")}</legend>
            <Stack gap="sm">
              <Select
                label={t("home")}
                allowDeselect={false}
                value={settings.calendarId ?? ""}
                data={[
                  { value: "", label: t("homeDefault") },
                  ...own
                    .filter(({ calendar }) => calendar.myRights.mayWriteAll && !calendar.source)
                    .map(({ calendar }) => ({ value: calendar.id, label: calendar.name })),
                ]}
                onChange={(each) => set({ calendarId: each || null })}
              />
              <MultiSelect
                label={t("busy")}
                description={t("busyText")}
                searchable
                maxValues={20}
                value={settings.busyCalendars.map(keyOf).filter((key) => shown.has(key))}
                data={calendars.entries.map(({ account, calendar }) => ({
                  value: keyOf({ accountId: account.id, calendarId: calendar.id }),
                  label: account.id === accountId ? calendar.name : `${calendar.name} (${account.name})`,
                }))}
                onChange={(keys) =>
                  set({
                    busyCalendars: [
                      // Those that are not to be seen here stay as they are.
                      ...settings.busyCalendars.filter((busy) => !shown.has(keyOf(busy))),
                      ...keys.map((key) => {
                        const [of = "", calendarId = ""] = key.split("/");
                        return { accountId: of, calendarId };
                      }),
                    ],
                  })
                }
              />
            </Stack>
          </fieldset>
          <QuestionsField questions={settings.questions} onChange={(questions) => set({ questions })} />
          {error && (
            <p className={classes.error} role="alert" lang={i18n.language}>
              {error}
            </p>
          )}
          <Group justify="space-between" gap="xs">
            {page ? (
              <Checkbox
                label={t("isOpen")}
                checked={settings.isEnabled}
                onChange={(event) => set({ isEnabled: event.currentTarget.checked })}
              />
            ) : (
              <span />
            )}
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("cancel")}
              </Button>
              <Button type="submit" loading={isBusy}>
                {t(page ? "save" : "confirm")}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** A page as it begins: what makes one busy for colleagues makes one busy for guests. */
function fresh(entries: readonly CalendarEntry[], accountId: string): BookingSettings {
  return {
    title: "",
    description: null,
    location: null,
    isEnabled: true,
    duration: 30,
    increment: 30,
    before: 0,
    after: 0,
    notice: 240,
    horizon: 60,
    mostPerDay: null,
    timeZone: homeZone,
    hours: usualHours,
    usesAvailability: false,
    calendarId: null,
    busyCalendars: entries
      .filter(({ account, calendar }) => account.id === accountId && calendar.includeInAvailability !== "none")
      .slice(0, 20)
      .map(({ calendar }) => ({ accountId, calendarId: calendar.id })),
    questions: [],
  };
}

const serverSet = new Set(["id", "url", "createdAt"]);

/** What of a page its owner says. */
function withoutServerSet(page: BookingSettings): BookingSettings {
  return Object.fromEntries(Object.entries(page).filter(([name]) => !serverSet.has(name))) as BookingSettings & object;
}

function zonesWith(zone: string): string[] {
  const known = allZones();
  return known.includes(zone) ? known : [zone, ...known];
}
