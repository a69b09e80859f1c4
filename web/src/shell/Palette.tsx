import { Combobox, Loader, Modal, TextInput, useCombobox, VisuallyHidden } from "@mantine/core";
import { IconArrowRight, IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Command, commands, type Icon, type SearchResult } from "./commands";
import { KeyCaps } from "./KeyCaps";
import { foldedWords, matches } from "./matches";
import classes from "./Palette.module.css";
import { usePaletteSearch } from "./usePaletteSearch";

interface PaletteProps {
  query: string;
  onQuery: (query: string) => void;
  onClose: () => void;
}

interface Row {
  id: string;
  title: string;
  subtitle?: string;
  icon?: Icon;
  keys?: string;
  run: () => void;
}

interface Section {
  id: string;
  label: string;
  rows: Row[];
}

/** Ctrl-K: whatever can be done or found, by typing a part of its name. */
export default function Palette(props: PaletteProps) {
  const { t } = useTranslation("shell");
  return (
    <Modal.Root opened onClose={props.onClose} size="xl" yOffset="12vh" centered={false} padding={0}>
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content aria-label={t("palette.title")}>
        <PaletteBody {...props} />
      </Modal.Content>
    </Modal.Root>
  );
}

function PaletteBody({ query, onQuery, onClose }: PaletteProps) {
  const { t } = useTranslation("shell");
  const combobox = useCombobox({ opened: true });
  // The field names its list once that is there, in the second render, by an id that must not change afterwards.
  const listId = useId();
  const [, setShown] = useState(false);
  useEffect(() => setShown(true), []);
  const { found, isSearching } = usePaletteSearch(query);
  const actions = commands
    .use()
    .map(commandRow(t))
    .filter((row) => matches(row.title, foldedWords(query)));
  const sections: Section[] = [
    { id: "commands", label: t("palette.commands"), rows: actions },
    ...found.map((part) => ({ id: part.id, label: t(part.labelId), rows: part.results.map(resultRow(part.id)) })),
  ].filter((section) => section.rows.length > 0);
  const rows = sections.flatMap((section) => section.rows);
  const shape = rows.map((row) => row.id).join("\n");

  // biome-ignore lint/correctness/useExhaustiveDependencies: the first is chosen again whenever other rows are shown
  useEffect(() => {
    combobox.selectFirstOption();
  }, [shape]);

  const submit = (id: string) => {
    onClose();
    rows.find((row) => row.id === id)?.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Combobox closes its list on Escape, which here is the dialog.
    if (event.key === "Escape") onClose();
  };

  return (
    <Combobox store={combobox} onOptionSubmit={submit} withinPortal={false}>
      <Combobox.EventsTarget autoComplete="off" withExpandedAttribute>
        <TextInput
          variant="unstyled"
          size="lg"
          classNames={{ root: classes.field, input: classes.input }}
          leftSection={<IconSearch size={20} stroke={1.6} aria-hidden="true" />}
          rightSection={isSearching ? <Loader size="xs" /> : null}
          placeholder={t("palette.placeholder")}
          aria-label={t("palette.placeholder")}
          value={query}
          onChange={(event) => onQuery(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          data-autofocus
        />
      </Combobox.EventsTarget>
      <VisuallyHidden role="status">{isSearching ? "" : t("palette.count", { count: rows.length })}</VisuallyHidden>
      <Combobox.Options id={listId} className={classes.options} aria-label={t("palette.title")}>
        {sections.map((section) => (
          <Combobox.Group key={section.id} label={section.label}>
            {section.rows.map((row) => (
              <PaletteOption key={row.id} row={row} />
            ))}
          </Combobox.Group>
        ))}
        {rows.length === 0 && !isSearching && <Combobox.Empty>{t("palette.none")}</Combobox.Empty>}
      </Combobox.Options>
    </Combobox>
  );
}

function PaletteOption({ row }: { row: Row }) {
  const RowIcon = row.icon ?? IconArrowRight;
  return (
    <Combobox.Option value={row.id} className={classes.option}>
      <span className={classes.icon} aria-hidden="true">
        <RowIcon size={18} stroke={1.6} />
      </span>
      <span className={classes.text}>
        <span className={classes.title}>{row.title}</span>
        {row.subtitle && <span className={classes.subtitle}>{row.subtitle}</span>}
      </span>
      {row.keys && <KeyCaps keys={row.keys} />}
    </Combobox.Option>
  );
}

function commandRow(t: (id: string) => string) {
  return (command: Command): Row => ({ ...command, id: `command:${command.id}`, title: t(command.labelId) });
}

function resultRow(provider: string) {
  return (result: SearchResult): Row => ({ ...result, id: `${provider}:${result.id}` });
}
