import { ActionIcon, Combobox, TextInput, useCombobox } from "@mantine/core";
import { IconClock, IconFilter, IconSearch, IconX } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../../../../i18n";
import { keepHere, keptHere } from "../../../../lib/keep";
import { Avatar } from "../../../../ui";
import { displayName } from "../../state/addresses";
import { useMail } from "../../state/MailContext";
import { mailboxLabel } from "../../state/mailboxLabel";
import { rememberSearch, usePreferences } from "../../state/preferences";
import { type Suggestion, searchSuggestions } from "../../state/searchSuggestions";
import { useCorrespondents } from "../../state/useCorrespondents";
import classes from "./SearchBox.module.css";

// i18n: mail:search.operator.*

export const searchBoxId = "mail-search";
const keptKey = "mail.search";

/** Searches mail with operators, which it offers as one types. */
export function SearchBox() {
  const { t } = useTranslation("mail");
  const { location, go, accountId, mailboxes } = useMail();
  const { recentSearches } = usePreferences();
  const { text, setText } = useTyped(location.search ?? "");
  const [focused, setFocused] = useState(false);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const people = useCorrespondents(accountId, focused);

  const suggestions = useMemo(
    () =>
      searchSuggestions(text, {
        recent: recentSearches,
        people,
        mailboxes: mailboxes.all.map((mailbox) => mailboxLabel(mailbox, t)),
        language: currentLanguage(),
      }),
    [text, recentSearches, people, mailboxes, t],
  );

  const search = (query: string) => {
    const wanted = query.trim();
    combobox.closeDropdown();
    if (wanted) rememberSearch(wanted);
    go({ search: wanted || null, threadId: null });
  };
  const choose = (chosen: string) => {
    const suggestion = suggestions[Number(chosen)];
    if (!suggestion) return;
    setText(suggestion.text);
    if (suggestion.kind === "operator") combobox.resetSelectedOption();
    else search(suggestion.text);
  };

  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal shadow="md">
      <Combobox.Target withAriaAttributes>
        <TextInput
          id={searchBoxId}
          type="search"
          className={classes.box}
          classNames={{ input: classes.input }}
          aria-label={t("search.label")}
          placeholder={t("search.placeholder")}
          value={text}
          autoComplete="off"
          spellCheck={false}
          leftSection={<IconSearch className={classes.icon} aria-hidden />}
          rightSection={
            text ? (
              <ActionIcon
                size="sm"
                aria-label={t("search.clear")}
                onClick={() => {
                  setText("");
                  search("");
                }}
              >
                <IconX className={classes.icon} />
              </ActionIcon>
            ) : null
          }
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onFocus={() => {
            setFocused(true);
            combobox.openDropdown();
          }}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key === "Enter" && combobox.getSelectedOptionIndex() < 0) {
              event.preventDefault();
              search(text);
              event.currentTarget.blur();
            } else if (event.key === "Escape") {
              if (combobox.dropdownOpened) combobox.closeDropdown();
              else event.currentTarget.blur();
            }
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={suggestions.length === 0}>
        <Combobox.Options>
          {suggestions.map((suggestion, at) => (
            <Combobox.Option
              key={`${suggestion.kind}-${suggestion.text}`}
              value={String(at)}
              className={classes.option}
            >
              <Shown suggestion={suggestion} />
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** What stands in the field; what was typed and not yet searched for outlives a reload and signing in again. */
function useTyped(searched: string): { text: string; setText: (text: string) => void } {
  const [text, show] = useState(() => keptHere<string>(keptKey) ?? searched);
  const before = useRef(searched);
  const setText = useCallback(
    (typed: string) => {
      keepHere(keptKey, typed === searched ? undefined : typed);
      show(typed);
    },
    [searched],
  );
  useEffect(() => {
    if (before.current === searched) return;
    before.current = searched;
    setText(searched);
  }, [searched, setText]);
  return { text, setText };
}

function Shown({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation("mail");
  switch (suggestion.kind) {
    case "recent":
      return (
        <>
          <IconClock className={classes.icon} aria-label={t("search.recent")} />
          <span className={classes.text}>{suggestion.text}</span>
        </>
      );
    case "person":
      return (
        <>
          <Avatar name={suggestion.person.name} address={suggestion.person.email} size={22} />
          <span className={classes.text}>{displayName(suggestion.person)}</span>
          <span className={classes.hint}>{suggestion.text.trim().split(/\s+/).at(-1)}</span>
        </>
      );
    case "operator":
      return (
        <>
          <IconFilter className={classes.icon} aria-hidden />
          <span className={classes.operator}>
            {suggestion.text.trim().split(/\s+/).at(-1)}
            <span className={classes.example}>{suggestion.example}</span>
          </span>
          <span className={classes.hint}>{t(`search.operator.${suggestion.operator}`)}</span>
        </>
      );
    default:
      return (
        <>
          <IconFilter className={classes.icon} aria-hidden />
          <span className={classes.text}>{suggestion.value}</span>
        </>
      );
  }
}
