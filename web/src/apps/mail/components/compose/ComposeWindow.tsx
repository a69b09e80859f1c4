import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { modals } from "@mantine/modals";
import {
  IconAlertTriangle,
  IconArrowsDiagonal,
  IconArrowsDiagonalMinimize2,
  IconDots,
  IconLetterCase,
  IconMinus,
  IconPaperclip,
  IconSend,
  IconTrash,
  IconX,
} from "@tabler/icons-react";
import { type DragEvent, type KeyboardEvent, lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { persistently } from "../../../../lib/persistently";
import { SkeletonRows } from "../../../../ui";
import { closeComposition, discardComposition, edit } from "../../state/compose/drafts";
import { send } from "../../state/compose/send";
import { attach } from "../../state/compose/uploads";
import { changeWindow, type ComposeWindow as Window } from "../../state/compose/windows";
import { forgotAttachment, recipientsOf } from "../../state/composition";
import { htmlToText, textToHtml } from "../../state/plainText";
import { ComposeAttachments } from "./ComposeAttachments";
import { ComposeHead } from "./ComposeHead";
import classes from "./ComposeWindow.module.css";
import { PlainEditor } from "./PlainEditor";
import { QuotePreview } from "./QuotePreview";

const RichEditor = lazy(() => persistently(() => import("./RichEditor")));

interface ComposeWindowProps {
  window: Window;
  full: boolean;
  isPhone: boolean;
}

/** One message being written. */
export function ComposeWindow({ window, full, isPhone }: ComposeWindowProps) {
  const { t } = useTranslation("mail");
  const { composition, mode, status, conflict } = window;
  const { key } = composition;
  const [over, setOver] = useState(false);
  const [missing, setMissing] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const minimised = mode === "minimised";
  const title = composition.subject.trim() || t("compose.untitled");
  const uploading = composition.attachments.some((attachment) => attachment.blobId === null && !attachment.failed);

  const submit = () => {
    if (recipientsOf(composition).length === 0) {
      setMissing(true);
      return;
    }
    if (!forgotAttachment(composition)) {
      askSubject();
      return;
    }
    modals.openConfirmModal({
      title: t("compose.forgotTitle"),
      children: t("compose.forgotText"),
      labels: { confirm: t("compose.sendAnyway"), cancel: t("compose.goBack") },
      onConfirm: askSubject,
    });
  };
  const askSubject = () => {
    if (composition.subject.trim()) {
      void send(key);
      return;
    }
    modals.openConfirmModal({
      title: t("compose.noSubjectTitle"),
      children: t("compose.noSubjectText"),
      labels: { confirm: t("compose.sendAnyway"), cancel: t("compose.goBack") },
      onConfirm: () => void send(key),
    });
  };
  const discard = () =>
    modals.openConfirmModal({
      title: t("compose.discardTitle"),
      children: t("compose.discardText"),
      labels: { confirm: t("compose.discard"), cancel: t("cancel") },
      confirmProps: { color: "red" },
      onConfirm: () => void discardComposition(key),
    });
  const switchForm = () => {
    if (composition.plain) edit(key, { plain: false, html: textToHtml(composition.text) });
    else edit(key, { plain: true, text: htmlToText(composition.html) });
    changeWindow(key, { revision: window.revision + 1 });
  };
  const keys = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && !event.nativeEvent.isComposing && !isTaken(event)) {
      event.preventDefault();
      event.stopPropagation();
      void closeComposition(key);
    }
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    void attach(key, [...event.dataTransfer.files]);
  };

  return (
    <section
      className={classes.window}
      data-mode={full ? "full" : mode}
      data-over={over || undefined}
      aria-label={t("compose.window", { title })}
      onKeyDown={keys}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
      onDrop={drop}
    >
      <header className={classes.bar}>
        <button
          type="button"
          className={classes.title}
          onClick={() => changeWindow(key, { mode: minimised ? "floating" : "minimised" })}
          aria-expanded={!minimised}
        >
          {title}
        </button>
        {!isPhone && (
          <>
            <ActionIcon
              aria-label={t(minimised ? "compose.raise" : "compose.minimise")}
              onClick={() => changeWindow(key, { mode: minimised ? "floating" : "minimised" })}
            >
              <IconMinus className={classes.icon} />
            </ActionIcon>
            <ActionIcon
              aria-label={t(full ? "compose.smaller" : "compose.larger")}
              onClick={() => changeWindow(key, { mode: full ? "floating" : "full" })}
            >
              {full ? (
                <IconArrowsDiagonalMinimize2 className={classes.icon} />
              ) : (
                <IconArrowsDiagonal className={classes.icon} />
              )}
            </ActionIcon>
          </>
        )}
        <ActionIcon
          aria-label={t("compose.close")}
          title={t("compose.close")}
          onClick={() => void closeComposition(key)}
        >
          <IconX className={classes.icon} />
        </ActionIcon>
      </header>
      {!minimised && (
        <>
          <div className={classes.scroll}>
            <ComposeHead composition={composition} missing={missing} onTouched={() => setMissing(false)} />
            {conflict && (
              <p className={classes.notice}>
                <IconAlertTriangle className={classes.icon} aria-hidden /> {t("compose.conflict")}
              </p>
            )}
            {composition.plain ? (
              <PlainEditor key={window.revision} composition={composition} />
            ) : (
              <Suspense fallback={<SkeletonRows rows={3} />}>
                <RichEditor key={window.revision} composition={composition} revision={window.revision} />
              </Suspense>
            )}
            <ComposeAttachments composition={composition} />
            {composition.quote && <QuotePreview composition={composition} />}
          </div>
          <footer className={classes.foot}>
            <Button leftSection={<IconSend className={classes.icon} />} onClick={submit}>
              {t("compose.send")}
            </Button>
            <Tooltip label={t("compose.attach")}>
              <ActionIcon size="lg" aria-label={t("compose.attach")} onClick={() => picker.current?.click()}>
                <IconPaperclip className={classes.icon} />
              </ActionIcon>
            </Tooltip>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                void attach(key, [...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = "";
              }}
            />
            <span className={classes.status} role="status">
              {uploading
                ? t("compose.uploading")
                : status === "clean" && composition.draftId === null
                  ? ""
                  : t(`compose.status.${status}`)}
            </span>
            <Menu position="top-end">
              <Menu.Target>
                <ActionIcon size="lg" aria-label={t("compose.more")}>
                  <IconDots className={classes.icon} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconLetterCase className={classes.icon} />} onClick={switchForm}>
                  {t(composition.plain ? "compose.toRich" : "compose.toPlain")}
                </Menu.Item>
                <Menu.Item color="red" leftSection={<IconTrash className={classes.icon} />} onClick={discard}>
                  {t("compose.discard")}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
            <Tooltip label={t("compose.discard")}>
              <ActionIcon size="lg" aria-label={t("compose.discard")} onClick={discard}>
                <IconTrash className={classes.icon} />
              </ActionIcon>
            </Tooltip>
          </footer>
        </>
      )}
      {over && <div className={classes.dropHint}>{t("compose.drop")}</div>}
    </section>
  );
}

/** Whether something in the window has already used the key. The text's editor claims every Escape, and does nothing with it. */
function isTaken(event: KeyboardEvent): boolean {
  return event.defaultPrevented && !(event.target as Element).closest("[contenteditable]");
}

// i18n: mail:compose.status.*
