import { Button, Group, Input, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { DateField, SkeletonRows } from "../../../../ui";
import { vacationGet, vacationSet } from "../../api/vacationResponse";
import { explain } from "../../state/explain";
import { mailKeys } from "../../state/keys";
import classes from "./Settings.module.css";

interface Form {
  isEnabled: boolean;
  from: string;
  to: string;
  subject: string;
  text: string;
}

/** What answers for a person while they are away. */
export function VacationSettings({ accountId }: { accountId: string }) {
  const { t } = useTranslation("mail");
  const client = useQueryClient();
  const { data, error, isPending } = useQuery({
    queryKey: mailKeys.vacation(accountId),
    queryFn: () => vacationGet(accountId),
  });
  const [form, setForm] = useState<Form | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [state, setState] = useState<"clean" | "dirty" | "saving" | "saved">("clean");

  useEffect(() => {
    if (!data || state === "dirty" || state === "saving") return;
    setForm({
      isEnabled: data.isEnabled,
      from: localDay(data.fromDate),
      to: localDay(data.toDate, -1),
      subject: data.subject ?? "",
      text: data.textBody ?? "",
    });
  }, [data, state]);

  const change = (values: Partial<Form>) => {
    setForm((before) => before && { ...before, ...values });
    setState("dirty");
    setProblem(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!form) return;
    if (form.isEnabled && !form.text.trim()) {
      setProblem(t("vacation.textMissing"));
      return;
    }
    if (form.from && form.to && form.to < form.from) {
      setProblem(t("vacation.datesWrong"));
      return;
    }
    setState("saving");
    try {
      await vacationSet(accountId, {
        isEnabled: form.isEnabled,
        fromDate: utcOf(form.from),
        toDate: utcOf(form.to, 1),
        subject: form.subject.trim() || null,
        textBody: form.text.trim() || null,
        htmlBody: null,
      });
      await client.invalidateQueries({ queryKey: mailKeys.vacation(accountId) });
      setState("saved");
    } catch (refusal) {
      setProblem(explain(refusal));
      setState("dirty");
    }
  };

  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t("vacation.title")}</h2>
      <p className={classes.hint}>{t("vacation.hint")}</p>
      {error && <Input.Error>{explain(error)}</Input.Error>}
      {isPending && <SkeletonRows rows={2} />}
      {form && (
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <Switch
              label={t("vacation.enabled")}
              checked={form.isEnabled}
              onChange={(event) => change({ isEnabled: event.currentTarget.checked })}
            />
            <div className={classes.pair}>
              <DateField label={t("vacation.from")} value={form.from} onChange={(from) => change({ from })} />
              <DateField label={t("vacation.to")} value={form.to} onChange={(to) => change({ to })} />
            </div>
            <TextInput
              label={t("headers.subject")}
              placeholder={t("vacation.subjectHint")}
              value={form.subject}
              onChange={(event) => change({ subject: event.currentTarget.value })}
            />
            <Textarea
              label={t("vacation.text")}
              autosize
              minRows={4}
              maxRows={14}
              value={form.text}
              onChange={(event) => change({ text: event.currentTarget.value })}
            />
            {problem && <Input.Error role="alert">{problem}</Input.Error>}
            <Group justify="flex-end">
              {state === "saved" && <span role="status">{t("saved")}</span>}
              <Button type="submit" loading={state === "saving"} disabled={state === "clean" || state === "saved"}>
                {t("save")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </section>
  );
}

/** A moment as the day a person picks, `YYYY-MM-DD` where they are. The last day counts whole, so its end is the next midnight. */
function localDay(date: string | null, shift = 0): string {
  if (!date) return "";
  const day = new Date(date);
  day.setDate(day.getDate() + shift);
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
}

function utcOf(day: string, shift = 0): string | null {
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return null;
  return new Date(year, month - 1, date + shift).toISOString().replace(/\.\d+Z$/, "Z");
}
