import { Combobox, Pill, PillsInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ClipboardEvent, type KeyboardEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmailAddress } from "../../../../lib/jmap/types";
import { Avatar } from "../../../../ui";
import { displayName, formatAddress, isAddress, parseAddresses, uniqueAddresses } from "../../state/addresses";
import { matchCorrespondents } from "../../state/correspondents";
import { recipientOptions } from "../../state/recipients";
import { useCorrespondents, useFoundPeople, useSuggestedRecipients } from "../../state/useCorrespondents";
import classes from "./ComposeWindow.module.css";

interface RecipientFieldProps {
  label: string;
  accountId: string;
  addresses: EmailAddress[];
  autoFocus?: boolean;
  onChange(addresses: EmailAddress[]): void;
}

const most = 6;

/** Recipients as chips, completed as one types: from contacts, the directory, and people of one's mail. */
export function RecipientField({ label, accountId, addresses, autoFocus, onChange }: RecipientFieldProps) {
  const { t } = useTranslation("mail");
  const [typed, setTyped] = useState("");
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const people = useCorrespondents(accountId, true);
  const [settledTyped] = useDebouncedValue(typed.trim(), 250);
  const suggested = useSuggestedRecipients(accountId, typed.trim(), most + addresses.length);
  const known = useMemo(
    () => matchCorrespondents(people, typed, most + addresses.length),
    [people, typed, addresses.length],
  );
  const found = useFoundPeople(accountId, settledTyped, known.length === 0 && settledTyped === typed.trim());
  const options = recipientOptions(
    suggested,
    known.length > 0 ? known : matchCorrespondents(found, typed, most),
    addresses,
    most,
  );

  const add = (more: EmailAddress[]) => {
    if (more.length > 0) onChange(uniqueAddresses([...addresses, ...more]));
  };
  /** Makes chips of what is typed; what is no address stays to be corrected. */
  const commit = (text: string) => {
    const { addresses: parsed, rest } = parseAddresses(text);
    add(parsed);
    setTyped(rest);
    combobox.closeDropdown();
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Backspace" && typed === "" && addresses.length > 0) {
      event.preventDefault();
      onChange(addresses.slice(0, -1));
      return;
    }
    const choosing = combobox.dropdownOpened && options.length > 0;
    if (event.key === "Escape" && choosing) {
      event.preventDefault();
      event.stopPropagation();
      combobox.closeDropdown();
      return;
    }
    if (
      (event.key === "Enter" || event.key === "Tab") &&
      !event.ctrlKey &&
      !event.metaKey &&
      choosing &&
      !event.shiftKey
    ) {
      // The first is chosen unless the arrows chose another, which the combobox itself takes.
      if (event.key === "Enter" && combobox.getSelectedOptionIndex() >= 0) return;
      if (event.key === "Tab" && isAddress(typed.trim())) return commit(typed);
      event.preventDefault();
      // A whole address is meant as it is written, whatever else begins like it.
      if (isAddress(typed.trim())) return commit(typed);
      choose(String(Math.max(0, combobox.getSelectedOptionIndex())));
      return;
    }
    if (
      (event.key === "Enter" || event.key === "," || event.key === ";" || event.key === " ") &&
      typed.trim() !== "" &&
      !event.ctrlKey &&
      !event.metaKey
    ) {
      if (event.key === " " && !isAddress(typed.trim())) return;
      event.preventDefault();
      commit(typed);
    }
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[,;\n]|@.*\s/.test(text.trim())) return;
    event.preventDefault();
    commit(typed + text);
  };
  const choose = (value: string) => {
    const option = options[Number(value)];
    if (!option) return;
    add(option.addresses);
    setTyped("");
    combobox.closeDropdown();
  };

  return (
    <>
      <span className={classes.label} aria-hidden>
        {label}
      </span>
      <Combobox store={combobox} onOptionSubmit={choose} withinPortal shadow="md">
        <Combobox.DropdownTarget>
          <PillsInput variant="unstyled" className={classes.field}>
            <Pill.Group>
              {addresses.map((address) => (
                <Pill
                  key={address.email}
                  className={classes.pill}
                  withRemoveButton
                  title={formatAddress(address)}
                  onRemove={() => onChange(addresses.filter((other) => other !== address))}
                  removeButtonProps={{
                    "aria-label": t("compose.removeRecipient", { name: displayName(address) }),
                    tabIndex: 0,
                    "aria-hidden": false,
                  }}
                >
                  {displayName(address)}
                </Pill>
              ))}
              <Combobox.EventsTarget withAriaAttributes>
                <PillsInput.Field
                  className={classes.pillField ?? ""}
                  aria-label={label}
                  value={typed}
                  autoFocus={autoFocus ?? false}
                  autoComplete="off"
                  spellCheck={false}
                  inputMode="email"
                  onChange={(event) => {
                    setTyped(event.currentTarget.value);
                    combobox.openDropdown();
                    combobox.resetSelectedOption();
                  }}
                  onKeyDown={keys}
                  onPaste={paste}
                  onBlur={() => commit(typed)}
                />
              </Combobox.EventsTarget>
            </Pill.Group>
          </PillsInput>
        </Combobox.DropdownTarget>
        <Combobox.Dropdown hidden={options.length === 0 || typed.trim() === ""}>
          <Combobox.Options>
            {options.map(({ name, addresses: [first, ...more], isGroup }, at) => (
              <Combobox.Option
                key={`${isGroup} ${name} ${first?.email}`}
                value={String(at)}
                className={classes.option}
                onMouseDown={(event) => event.preventDefault()}
              >
                <Avatar name={name} address={isGroup ? name : first?.email} size={28} />
                <span className={classes.person}>
                  <span className={classes.personName}>{name || first?.email}</span>
                  {isGroup ? (
                    <span className={classes.personAddress}>{t("compose.groupOf", { count: more.length + 1 })}</span>
                  ) : (
                    name && <span className={classes.personAddress}>{first?.email}</span>
                  )}
                </span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </>
  );
}
