import { ActionIcon, TextInput } from "@mantine/core";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useContacts } from "../state/ContactsContext";
import classes from "./ContactList.module.css";

export const searchBoxId = "contacts-search";

/** Long enough not to ask for every letter, short enough not to be noticed. */
const pause = 150;

/** Finds people as one types; what is searched for is in the address. */
export function SearchBox({ onDown }: { onDown(): void }) {
  const { t } = useTranslation("contacts");
  const { location, go } = useContacts();
  const searched = location.search ?? "";
  const [text, setText] = useState(searched);
  useEffect(() => setText(searched), [searched]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed searches
  useEffect(() => {
    if (text.trim() === searched.trim()) return;
    const timer = setTimeout(
      () => go({ search: text.trim() || null, editing: location.editing, replace: searched !== "" }),
      pause,
    );
    return () => clearTimeout(timer);
  }, [text]);

  const clear = () => {
    setText("");
    go({ search: null });
  };
  return (
    <TextInput
      id={searchBoxId}
      type="search"
      className={classes.search}
      classNames={{ input: classes.searchInput }}
      aria-label={t("search.label")}
      placeholder={t("search.label")}
      value={text}
      autoComplete="off"
      spellCheck={false}
      leftSection={<IconSearch className={classes.icon} aria-hidden />}
      rightSection={
        text ? (
          <ActionIcon size="sm" aria-label={t("search.clear")} onClick={clear}>
            <IconX className={classes.icon} />
          </ActionIcon>
        ) : null
      }
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.currentTarget.blur();
        else if (event.key === "ArrowDown" || event.key === "Enter") {
          event.currentTarget.blur();
          onDown();
        } else return;
        event.preventDefault();
      }}
    />
  );
}
