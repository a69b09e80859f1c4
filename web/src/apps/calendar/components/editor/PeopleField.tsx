import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Participant } from "../../../../lib/jmap/calendars";
import { Avatar } from "../../../../ui";
import { newKey } from "../../state/form";
import { addressOf, nameOf, readPerson } from "../../state/people";
import classes from "./EventForm.module.css";

interface PeopleFieldProps {
  people: Record<string, Participant> | undefined;
  onChange(people: Record<string, Participant>): void;
}

/** Who takes part. */
export function PeopleField({ people, onChange }: PeopleFieldProps) {
  const { t } = useTranslation("calendar");
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const entries = Object.entries(people ?? {});
  const add = () => {
    if (!text.trim()) return;
    let next = { ...people };
    for (const part of text.split(/[,;]/).filter((each) => each.trim())) {
      const person = readPerson(part);
      if (!person) {
        setWrong(true);
        return;
      }
      const isThere = Object.values(next).some(
        (each) => addressOf(each).toLowerCase() === addressOf(person).toLowerCase(),
      );
      if (!isThere) next = { ...next, [newKey(next, "p")]: person };
    }
    onChange(next);
    setText("");
  };
  return (
    <fieldset className={classes.rows}>
      <legend className={classes.legend}>{t("fields.people")}</legend>
      {entries.length > 0 && (
        <ul className={classes.people}>
          {entries.map(([id, person]) => (
            <li key={id} className={classes.person}>
              <Avatar name={nameOf(person)} address={addressOf(person)} size={28} />
              <span className={classes.personName}>
                {nameOf(person)}
                {person.name && <span className={classes.personAddress}>{addressOf(person)}</span>}
              </span>
              <ActionIcon
                aria-label={t("people.remove", { name: nameOf(person) })}
                onClick={() => onChange(Object.fromEntries(entries.filter(([each]) => each !== id)))}
              >
                <IconX className={classes.icon} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.row}>
        <TextInput
          className={classes.grow}
          aria-label={t("people.add")}
          placeholder={t("people.placeholder")}
          type="text"
          inputMode="email"
          autoComplete="off"
          value={text}
          error={isWrong ? t("people.wrong") : undefined}
          onChange={(event) => {
            setWrong(false);
            setText(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" && event.key !== ",") return;
            event.preventDefault();
            add();
          }}
          onBlur={add}
        />
        <Button variant="default" onClick={add} disabled={!text.trim()}>
          {t("people.addButton")}
        </Button>
      </div>
      {entries.length > 0 && <p className={classes.hint}>{t("people.hint")}</p>}
    </fieldset>
  );
}
