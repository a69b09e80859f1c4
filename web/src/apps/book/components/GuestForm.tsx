import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Offer } from "../api/ask";
import classes from "./Book.module.css";

export interface Guest {
  name: string;
  address: string;
  answers: string[];
  website: string;
}

interface GuestFormProps {
  offer: Offer;
  guest: Guest;
  isBusy: boolean;
  onChange(guest: Guest): void;
  onSubmit(): void;
  onBack(): void;
}

/** Who one is, and what one is asked. */
export function GuestForm({ offer, guest, isBusy, onChange, onSubmit, onBack }: GuestFormProps) {
  const { t } = useTranslation("book");
  const [isChecked, setChecked] = useState(false);
  const isNameWrong = guest.name.trim() === "" || /:\/\/|[<>]/.test(guest.name);
  const isAddressWrong = !/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@.<>(),;:"]+$/.test(guest.address.trim());
  const isMissing = (at: number) => offer.questions[at]?.isRequired === true && !guest.answers[at]?.trim();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (!isNameWrong && !isAddressWrong && !offer.questions.some((_, at) => isMissing(at))) {
      onSubmit();
      return;
    }
    const form = event.currentTarget;
    // What is wrong is marked first, and then gone to.
    requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <form className={classes.form} noValidate onSubmit={submit}>
      <Stack>
        <TextInput
          data-autofocus
          autoFocus
          required
          label={t("name")}
          autoComplete="name"
          maxLength={100}
          value={guest.name}
          error={isChecked && isNameWrong && t("nameWrong")}
          onChange={(event) => onChange({ ...guest, name: event.currentTarget.value })}
        />
        <TextInput
          required
          type="email"
          label={t("address")}
          description={t("addressText")}
          autoComplete="email"
          maxLength={254}
          value={guest.address}
          error={isChecked && isAddressWrong && t("addressWrong")}
          onChange={(event) => onChange({ ...guest, address: event.currentTarget.value })}
        />
        {offer.questions.map(({ label, isRequired, isLong }, at) => {
          const shared = {
            label: isRequired ? label : t("optional", { label }),
            required: isRequired,
            value: guest.answers[at] ?? "",
            error: isChecked && isMissing(at) && t("answerMissing"),
            onChange: (event: { currentTarget: { value: string } }) => {
              const { value } = event.currentTarget;
              onChange({
                ...guest,
                answers: offer.questions.map((_, i) => (i === at ? value : (guest.answers[i] ?? ""))),
              });
            },
          };
          return isLong ? (
            <Textarea key={label} autosize minRows={3} maxRows={10} maxLength={2000} {...shared} />
          ) : (
            <TextInput key={label} maxLength={300} {...shared} />
          );
        })}
        <div className={classes.trap} aria-hidden>
          <label>
            {t("website")}
            <input
              type="text"
              name="website"
              tabIndex={-1}
              autoComplete="off"
              value={guest.website}
              onChange={(event) => onChange({ ...guest, website: event.currentTarget.value })}
            />
          </label>
        </div>
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            {t("change")}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t("confirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
