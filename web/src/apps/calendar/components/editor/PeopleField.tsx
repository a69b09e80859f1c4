import { ActionIcon, Button, Combobox, TextInput, useCombobox } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { addressOf, nameOf, participantOf, readPerson } from "../../../../lib/calendar/people";
import type { Participant } from "../../../../lib/jmap/calendars";
import { Avatar } from "../../../../ui";
import { newKey } from "../../state/form";
import type { Standing } from "../../state/useAvailability";
import { useSuggestedPeople } from "../../state/useSuggestedPeople";
import classes from "./EventForm.module.css";
import { StandingChip } from "./StandingChip";

interface PeopleFieldProps {
  people: Record<string, Participant> | undefined;
  /** Whether they are free when it is, by their address. */
  standings: ReadonlyMap<string, Standing>;
  /** Oneself, who invites and is not taken out. */
  organizer: Participant | undefined;
  /** Who will be told of what. */
  told: string;
  onChange(people: Record<string, Participant>): void;
}

const most = 6;

/** Who takes part; whom one adds is completed from contacts, the directory and people written to. */
export function PeopleField({ people, standings, organizer, told, onChange }: PeopleFieldProps) {
  const { t } = useTranslation("calendar");
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const entries = Object.entries(people ?? {});
  const isThere = (address: string) =>
    entries.some(([, each]) => addressOf(each).toLowerCase() === address.toLowerCase());
  const options = useSuggestedPeople(text.trim(), most + entries.length)
    .map((option) => ({ ...option, emails: option.emails.filter(({ email }) => !isThere(email)) }))
    .filter(({ emails }) => emails.length > 0)
    .slice(0, most);

  const take = (added: Participant[]) => {
    let next = { ...people };
    for (const person of added) {
      const address = addressOf(person).toLowerCase();
      const isIn = Object.values(next).some((each) => addressOf(each).toLowerCase() === address);
      if (!isIn) next = { ...next, [newKey(next, "p")]: person };
    }
    onChange(next);
    setText("");
    combobox.closeDropdown();
  };
  const add = () => {
    if (!text.trim()) return;
    const read = text
      .split(/[,;]/)
      .filter((each) => each.trim())
      .map(readPerson);
    if (read.every((each) => each !== null)) take(read);
    else setWrong(true);
  };
  const choose = (at: number) => {
    const option = options[at];
    if (option) take(option.emails.map(({ name, email }) => participantOf(email, name)));
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape" && combobox.dropdownOpened && options.length > 0) {
      event.preventDefault();
      event.stopPropagation();
      combobox.closeDropdown();
      return;
    }
    if (event.key !== "Enter" && event.key !== ",") return;
    // What the arrows chose, the combobox itself takes; a whole address is meant as it is written.
    if (event.key === "Enter" && combobox.dropdownOpened && combobox.getSelectedOptionIndex() >= 0) return;
    event.preventDefault();
    if (event.key === "Enter" && text.trim() && !text.split(/[,;]/).some(readPerson) && options.length > 0) choose(0);
    else add();
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
              {person === organizer ? (
                <span className={classes.hint}>{t("answer.organizer")}</span>
              ) : (
                <>
                  <StandingChip standing={standings.get(addressOf(person))} />
                  <ActionIcon
                    aria-label={t("people.remove", { name: nameOf(person) })}
                    onClick={() => onChange(Object.fromEntries(entries.filter(([each]) => each !== id)))}
                  >
                    <IconX className={classes.icon} />
                  </ActionIcon>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <div className={classes.row}>
        <Combobox store={combobox} onOptionSubmit={(value) => choose(Number(value))} shadow="md">
          <Combobox.Target>
            <TextInput
              className={classes.grow}
              aria-label={t("people.add")}
              placeholder={t("people.placeholder")}
              type="text"
              inputMode="email"
              autoComplete="off"
              spellCheck={false}
              value={text}
              error={isWrong ? t("people.wrong") : undefined}
              onChange={(event) => {
                setWrong(false);
                setText(event.currentTarget.value);
                combobox.openDropdown();
                combobox.resetSelectedOption();
              }}
              onKeyDown={keys}
              onBlur={() => {
                combobox.closeDropdown();
                add();
              }}
            />
          </Combobox.Target>
          <Combobox.Dropdown hidden={options.length === 0 || text.trim() === ""}>
            <Combobox.Options aria-label={t("people.add")}>
              {options.map(({ name, emails: [first, ...others], source }, at) => (
                <Combobox.Option
                  key={`${source} ${name} ${first?.email}`}
                  value={String(at)}
                  className={classes.option}
                  onMouseDown={(event) => event.preventDefault()}
                >
                  <Avatar name={name} address={source === "group" ? name : first?.email} size={28} />
                  <span className={classes.personName}>
                    {name || first?.email}
                    {source === "group" ? (
                      <span className={classes.personAddress}>{t("people.groupOf", { count: others.length + 1 })}</span>
                    ) : (
                      name && <span className={classes.personAddress}>{first?.email}</span>
                    )}
                  </span>
                </Combobox.Option>
              ))}
            </Combobox.Options>
          </Combobox.Dropdown>
        </Combobox>
        <Button variant="default" onClick={add} disabled={!text.trim()}>
          {t("people.addButton")}
        </Button>
      </div>
      {told && (
        <p className={classes.hint} role="status">
          {told}
        </p>
      )}
    </fieldset>
  );
}
