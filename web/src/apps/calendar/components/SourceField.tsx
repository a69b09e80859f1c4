import { Button, Select, TextInput } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "../../../lib/calendar/explain";
import { dayText, timeText } from "../../../lib/calendar/format";
import { calendarKeys } from "../../../lib/calendar/keys";
import { dayOf } from "../../../lib/calendar/time";
import { homeZone, wallAt } from "../../../lib/calendar/zones";
import type { Calendar } from "../../../lib/jmap/calendars";
import { failed } from "../../../ui";
import { updateCalendar } from "../api/calendarSet";
import { sourceGet } from "../api/sourceGet";
import classes from "./Dialogs.module.css";

/** Where a new calendar gets what is in it: nothing for an empty one, `web`, or the id of a source. */
export interface CalendarOrigin {
  choice: string;
  address: string;
  /** The name of what is chosen. */
  suggestion: string;
}

/** What the server is told of it. */
export function originSource({ choice, address }: CalendarOrigin, language: string): { source?: string } {
  if (choice === "") return {};
  return {
    source: choice === "web" ? address.trim() : `${choice}?language=${language.startsWith("fr") ? "fr" : "en"}`,
  };
}

interface SourceFieldProps {
  accountId: string;
  origin: CalendarOrigin;
  onChange(origin: CalendarOrigin): void;
}

// i18n: calendar:source.*
/** An empty calendar, one of those the server knows by itself, or one from the web. */
export function SourceField({ accountId, origin, onChange }: SourceFieldProps) {
  const { t, i18n } = useTranslation("calendar");
  const { data: sources = [] } = useQuery({
    queryKey: calendarKeys.sources(accountId),
    queryFn: () => sourceGet(accountId),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const language = i18n.language.startsWith("fr") ? "fr" : "en";
  const known = sources
    .map(({ id, names }) => ({ value: id, label: names[language] }))
    .toSorted((one, other) => one.label.localeCompare(other.label, language));
  return (
    <>
      <Select
        label={t("source.label")}
        data={[
          { value: "", label: t("source.empty") },
          { value: "web", label: t("source.web") },
          ...(known.length > 0 ? [{ group: t("source.known"), items: known }] : []),
        ]}
        value={origin.choice}
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
        onChange={(choice) => {
          const suggestion = known.find(({ value }) => value === choice)?.label ?? "";
          onChange({ ...origin, choice: choice ?? "", suggestion });
        }}
      />
      {origin.choice === "web" && (
        <TextInput
          type="url"
          required
          label={t("source.address")}
          description={t("source.addressText")}
          placeholder="https://"
          autoComplete="off"
          maxLength={2000}
          value={origin.address}
          onChange={(event) => onChange({ ...origin, address: event.currentTarget.value })}
        />
      )}
    </>
  );
}

/** Where a calendar comes from, when it was last read, and why it could not be. */
export function SourceState({ accountId, calendar }: { accountId: string; calendar: Calendar }) {
  const { t, i18n } = useTranslation("calendar");
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { source, sourceRefreshedAt, sourceError } = calendar;
  if (!source) return null;
  const at = sourceRefreshedAt ? wallAt(Date.parse(sourceRefreshedAt), homeZone) : null;
  const refresh = async () => {
    setAsking(true);
    try {
      await updateCalendar(accountId, calendar.id, { sourceRefreshedAt: null });
      await client.invalidateQueries({ queryKey: calendarKeys.calendars(accountId) });
    } catch (error) {
      failed(explain(error));
    } finally {
      setAsking(false);
    }
  };
  return (
    <div className={classes.source}>
      {!source.startsWith("bastide:") && <p className={classes.sourceAddress}>{source}</p>}
      <p className={classes.told}>
        {at === null
          ? t("source.never")
          : t("source.read", { day: dayText(dayOf(at), i18n.language), time: timeText(at) })}
      </p>
      {sourceError && <p className={classes.sourceError}>{t("source.failed", { why: sourceError.description })}</p>}
      <Button
        size="compact-sm"
        variant="default"
        loading={isAsking}
        leftSection={<IconRefresh className={classes.icon} aria-hidden />}
        onClick={() => void refresh()}
      >
        {t("source.refresh")}
      </Button>
    </div>
  );
}
