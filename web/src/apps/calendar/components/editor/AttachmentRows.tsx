import { ActionIcon, Button, Progress } from "@mantine/core";
import { IconPaperclip, IconPlus, IconRefresh, IconX } from "@tabler/icons-react";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "../../../../lib/calendar/explain";
import { session, upload } from "../../../../lib/jmap";
import type { CalendarEvent, EventLink } from "../../../../lib/jmap/calendars";
import { failed, formatBytes } from "../../../../ui";
import { attachedTo, linkOf } from "../../state/attachments";
import { newKey } from "../../state/form";
import classes from "./Attachments.module.css";
import form from "./EventForm.module.css";

interface AttachmentRowsProps {
  event: CalendarEvent;
  accountId: string;
  /** Changes the links as they are when it happens: sending a file takes its time. */
  onChange(change: (links: Record<string, EventLink>) => Record<string, EventLink>): void;
  /** How many files are on their way. */
  onSending(count: number): void;
}

interface Sending {
  key: string;
  file: File;
  progress: number;
  failed: boolean;
}

/** The files of an event: chosen or dropped, sent at once, saved with the event. */
export function AttachmentRows({ event, accountId, onChange, onSending }: AttachmentRowsProps) {
  const { t } = useTranslation("calendar");
  const picker = useRef<HTMLInputElement>(null);
  const aborts = useRef(new Map<string, AbortController>());
  const [sending, setSending] = useState<Sending[]>([]);
  const [isOver, setOver] = useState(false);
  const update = (key: string, values: Partial<Sending>) =>
    setSending((list) => list.map((each) => (each.key === key ? { ...each, ...values } : each)));
  const forget = (key: string) => {
    aborts.current.delete(key);
    setSending((list) => list.filter((each) => each.key !== key));
  };
  const underway = sending.filter((each) => !each.failed).length;
  useEffect(() => onSending(underway), [underway, onSending]);
  useEffect(() => {
    const all = aborts.current;
    return () => {
      for (const abort of all.values()) abort.abort();
    };
  }, []);

  const send = async ({ key, file }: Pick<Sending, "key" | "file">) => {
    const abort = new AbortController();
    aborts.current.set(key, abort);
    try {
      const { blobId, size } = await upload(
        accountId,
        file,
        (sent, total) => update(key, { progress: total > 0 ? sent / total : 0 }),
        abort.signal,
      );
      onChange((links) => ({
        ...links,
        [newKey(links, "a")]: linkOf({ name: file.name || t("files.unnamed"), type: file.type, size }, blobId),
      }));
      forget(key);
    } catch (error) {
      if (abort.signal.aborted) return;
      update(key, { failed: true });
      failed(t("files.failed", { name: file.name, reason: explain(error) }));
    }
  };
  const add = async (files: File[]) => {
    const { maxSizeUpload } = (await session()).capabilities["urn:ietf:params:jmap:core"];
    const fitting = files.filter((file) => {
      if (file.size > maxSizeUpload)
        failed(t("files.tooLarge", { name: file.name, limit: formatBytes(maxSizeUpload) }));
      return file.size <= maxSizeUpload;
    });
    const added = fitting.map((file) => ({ key: crypto.randomUUID(), file, progress: 0, failed: false }));
    setSending((list) => [...list, ...added]);
    for (const each of added) void send(each);
  };
  // Of a guest's form only what is their own can be changed.
  const takes = (dragged: DragEvent) =>
    dragged.dataTransfer.types.includes("Files") && !dragged.currentTarget.matches(":disabled");
  const drop = (dropped: DragEvent) => {
    if (!takes(dropped)) return;
    dropped.preventDefault();
    setOver(false);
    void add([...dropped.dataTransfer.files]);
  };

  const attached = attachedTo(event);
  return (
    <fieldset
      className={classes.attachments}
      data-over={isOver || undefined}
      onDragOver={(dragged) => {
        if (!takes(dragged)) return;
        dragged.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <legend className={form.legend}>{t("files.label")}</legend>
      {(attached.length > 0 || sending.length > 0) && (
        <ul className={classes.files} aria-label={t("files.label")}>
          {attached.map(({ key, name, size, href }) => (
            <li key={key} className={classes.file}>
              <IconPaperclip className={form.icon} aria-hidden />
              {href ? (
                <a className={classes.name} href={href} download={name} target="_blank" rel="noreferrer noopener">
                  {name}
                </a>
              ) : (
                <span className={classes.name}>{name}</span>
              )}
              {size !== null && <span className={classes.size}>{formatBytes(size)}</span>}
              <ActionIcon
                aria-label={t("files.remove", { name })}
                onClick={() =>
                  onChange((links) => Object.fromEntries(Object.entries(links).filter(([each]) => each !== key)))
                }
              >
                <IconX className={form.icon} />
              </ActionIcon>
            </li>
          ))}
          {sending.map((each) => (
            <li key={each.key} className={classes.file} data-failed={each.failed || undefined}>
              <IconPaperclip className={form.icon} aria-hidden />
              <span className={classes.name}>{each.file.name}</span>
              <span className={classes.size}>{each.failed ? t("files.notSent") : formatBytes(each.file.size)}</span>
              {each.failed && (
                <ActionIcon
                  aria-label={t("files.again", { name: each.file.name })}
                  onClick={() => {
                    update(each.key, { failed: false, progress: 0 });
                    void send(each);
                  }}
                >
                  <IconRefresh className={form.icon} />
                </ActionIcon>
              )}
              <ActionIcon
                aria-label={t("files.remove", { name: each.file.name })}
                onClick={() => {
                  aborts.current.get(each.key)?.abort();
                  forget(each.key);
                }}
              >
                <IconX className={form.icon} />
              </ActionIcon>
              {!each.failed && (
                <Progress
                  className={classes.progress}
                  size="xs"
                  value={each.progress * 100}
                  aria-label={t("files.progress", { name: each.file.name })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(chosen) => {
          void add([...(chosen.currentTarget.files ?? [])]);
          chosen.currentTarget.value = "";
        }}
      />
      <div className={classes.foot}>
        <Button
          className={form.add}
          variant="subtle"
          size="compact-md"
          leftSection={<IconPlus className={form.icon} />}
          onClick={() => picker.current?.click()}
        >
          {t("files.add")}
        </Button>
        <span className={form.hint}>{t("files.drop")}</span>
      </div>
    </fieldset>
  );
}
