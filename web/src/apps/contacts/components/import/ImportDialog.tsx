import { Button, Group, Modal, Progress, Select, Stack, Text } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AddressBook } from "../../../../lib/jmap/contacts";
import { failed, undoable } from "../../../../ui";
import { cardSet } from "../../api/cardSet";
import { useContacts } from "../../state/ContactsContext";
import { followCards } from "../../state/cards";
import type { CsvField } from "../../state/csv";
import { explain, sentence } from "../../state/explain";
import { columnsOf, type ImportFile, importCards, previewOf, readFile } from "../../state/importFile";
import { ColumnTable } from "./ColumnTable";
import classes from "./ImportDialog.module.css";
import { PreviewList } from "./PreviewList";
import { RefusedList } from "./RefusedList";

// i18n: contacts:import.why.*

interface ImportDialogProps {
  books: AddressBook[];
  bookId: string;
  onClose(): void;
}

/** Takes in a vCard or CSV file: what would come and what would not is shown before anything is written. */
export default function ImportDialog({ books, bookId, onClose }: ImportDialogProps) {
  const { t } = useTranslation("contacts");
  const client = useQueryClient();
  const { account, directory } = useContacts();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<ImportFile | null>(null);
  const [columns, setColumns] = useState<(CsvField | null)[]>([]);
  const [book, setBook] = useState(bookId);
  const [over, setOver] = useState(false);
  const [progress, setProgress] = useState<number | null>(null);
  const [refused, setRefused] = useState<{ line: number; text: string }[] | null>(null);

  const preview = useMemo(
    () => (file ? previewOf(file, columns, (uid) => directory.byUid.has(uid)) : null),
    [file, columns, directory],
  );
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    try {
      const read = await readFile(chosen);
      setColumns(columnsOf(read));
      setFile(read);
    } catch {
      failed(t("import.unreadable", { name: chosen.name }));
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const run = async () => {
    if (!preview) return;
    setProgress(0);
    try {
      const done = await importCards(client, account.id, book, preview.cards, setProgress);
      if (done.ids.length > 0)
        undoable(t("import.done", { count: done.ids.length }), async () => {
          try {
            await cardSet(account.id, { destroy: done.ids });
          } catch (error) {
            failed(explain(error));
          } finally {
            await followCards(client, account.id);
          }
        });
      if (done.refused.length === 0) onClose();
      else
        setRefused(
          done.refused.map(({ line, error }) => ({ line, text: sentence(error.type, error.description ?? undefined) })),
        );
    } catch (error) {
      failed(explain(error));
    } finally {
      setProgress(null);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("import.title")}
      closeOnClickOutside={progress === null}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <input
        ref={input}
        type="file"
        hidden
        accept=".vcf,.vcard,.csv,.tsv,.txt,text/vcard,text/csv"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      {refused ? (
        <Stack>
          <Text>{t("import.someRefused", { count: refused.length })}</Text>
          <RefusedList refused={refused} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t("close")}</Button>
          </Group>
        </Stack>
      ) : !file || !preview ? (
        <button
          type="button"
          className={classes.drop}
          data-over={over || undefined}
          onClick={() => input.current?.click()}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <IconFileImport className={classes.big} aria-hidden />
          <span className={classes.dropTitle}>{t("import.choose")}</span>
          <span className={classes.hint}>{t("import.hint")}</span>
        </button>
      ) : (
        <Stack>
          <Text>
            {file.name} · {t("import.found", { count: preview.cards.length })}
          </Text>
          {file.kind === "csv" && <ColumnTable table={file.table} columns={columns} onChange={setColumns} />}
          <PreviewList cards={preview.cards} />
          {preview.refused.length > 0 && (
            <div>
              <Text size="sm" fw={600} mb="xs">
                {t("import.refused", { count: preview.refused.length })}
              </Text>
              <RefusedList refused={preview.refused.map(({ line, why }) => ({ line, text: t(`import.why.${why}`) }))} />
            </div>
          )}
          {books.length > 1 && (
            <Select
              label={t("import.into")}
              data={books.map(({ id, name }) => ({ value: id, label: name }))}
              value={book}
              allowDeselect={false}
              onChange={(value) => setBook(value ?? book)}
            />
          )}
          {progress !== null && (
            <Progress
              value={(100 * progress) / Math.max(1, preview.cards.length)}
              aria-label={t("import.progress")}
              animated
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" disabled={progress !== null} onClick={() => setFile(null)}>
              {t("import.other")}
            </Button>
            <Button loading={progress !== null} disabled={preview.cards.length === 0} onClick={() => void run()}>
              {t("import.run", { count: preview.cards.length })}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
