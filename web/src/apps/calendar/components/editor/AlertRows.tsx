import { ActionIcon, Button, NativeSelect } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Alert } from "../../../../lib/jmap/calendars";
import {
  alertChoices,
  alertText,
  dayAlertChoices,
  dayAlertText,
  minutesBefore,
  minutesText,
  withMinutes,
} from "../../state/alerts";
import { newKey } from "../../state/form";
import classes from "./EventForm.module.css";

interface AlertRowsProps {
  alerts: Record<string, Alert> | undefined;
  isAllDay: boolean;
  onChange(alerts: Record<string, Alert>): void;
}

/** When to be reminded, as often as one likes; a time that the form does not offer stays as it is. */
export function AlertRows({ alerts, isAllDay, onChange }: AlertRowsProps) {
  const { t, i18n } = useTranslation("calendar");
  const choices: readonly number[] = isAllDay ? dayAlertChoices : alertChoices;
  const text = (minutes: number) => (isAllDay ? dayAlertText(minutes, t) : minutesText(minutes, t));
  const entries = Object.entries(alerts ?? {});
  const used = new Set(entries.map(([, alert]) => minutesBefore(alert)));
  const next = choices.find((choice) => choice !== 0 && !used.has(choice)) ?? choices[0] ?? 0;
  return (
    <fieldset className={classes.rows}>
      <legend className={classes.legend}>{t("fields.alerts")}</legend>
      {entries.map(([key, alert], at) => {
        const minutes = minutesBefore(alert);
        const known = minutes !== null && choices.includes(minutes);
        const label = `${t("fields.alert")} ${at + 1}`;
        return (
          <div key={key} className={classes.row}>
            <NativeSelect
              className={classes.grow}
              aria-label={label}
              value={known ? String(minutes) : "kept"}
              data={[
                ...(known ? [] : [{ value: "kept", label: alertText(alert, t, i18n.language) }]),
                ...choices.map((choice) => ({ value: String(choice), label: text(choice) })),
              ]}
              onChange={(event) => {
                const { value } = event.currentTarget;
                if (value !== "kept") onChange({ ...alerts, [key]: withMinutes(alert, Number(value)) });
              }}
            />
            <NativeSelect
              className={classes.action}
              aria-label={t("alerts.how", { alert: label })}
              value={alert.action ?? "display"}
              data={[
                { value: "display", label: t("alerts.display") },
                { value: "email", label: t("alerts.email") },
              ]}
              onChange={(event) =>
                onChange({ ...alerts, [key]: { ...alert, action: event.currentTarget.value as "display" | "email" } })
              }
            />
            <ActionIcon
              size="lg"
              aria-label={t("alerts.remove", { alert: label })}
              onClick={() => onChange(Object.fromEntries(entries.filter(([each]) => each !== key)))}
            >
              <IconX className={classes.icon} />
            </ActionIcon>
          </div>
        );
      })}
      <Button
        className={classes.add}
        variant="subtle"
        size="compact-md"
        leftSection={<IconPlus className={classes.icon} />}
        onClick={() =>
          onChange({
            ...alerts,
            [newKey(alerts, "r")]: withMinutes({ "@type": "Alert", action: "display", trigger: {} }, next),
          })
        }
      >
        {t("alerts.add")}
      </Button>
    </fieldset>
  );
}
