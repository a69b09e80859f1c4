import { ActionIcon, TextInput } from "@mantine/core";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCalendar } from "../state/CalendarContext";
import classes from "./SearchBox.module.css";

export const searchBoxId = "calendar-search";

/** Long enough not to ask for every letter, short enough not to be noticed. */
const pause = 200;

/** Finds events as one types; what is searched for is in the address. */
export function SearchBox() {
  const { t } = useTranslation("calendar");
  const { location, go } = useCalendar();
  const searched = location.search ?? "";
  const [text, setText] = useState(searched);
  useEffect(() => setText(searched), [searched]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed searches
  useEffect(() => {
    if (text.trim() === searched.trim()) return;
    const timer = setTimeout(() => go({ search: text.trim() || null, replace: searched !== "" }), pause);
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
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.currentTarget.blur();
        if (text) clear();
      }}
    />
  );
}
