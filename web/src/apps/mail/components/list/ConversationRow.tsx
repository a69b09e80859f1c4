import { Skeleton } from "@mantine/core";
import {
  IconArchive,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconFlag,
  IconFlagFilled,
  IconMail,
  IconMailOpened,
  IconPaperclip,
  IconTrash,
} from "@tabler/icons-react";
import { type DragEvent, type MouseEvent, memo } from "react";
import { useTranslation } from "react-i18next";
import { Avatar, RelativeTime } from "../../../../ui";
import type { Conversation } from "../../state/conversationList";
import { type RowName, rowSummary } from "../../state/rowSummary";
import { type SnippetPart, snippetParts } from "../../state/snippet";
import classes from "./ConversationRow.module.css";
import { RowAction } from "./RowAction";

export interface RowContext {
  own: string[];
  outgoing: boolean;
  trashId: string | null;
  inTrash: boolean;
}

export interface RowHandlers {
  open(conversation: Conversation): void;
  toggle(conversation: Conversation, event: { shiftKey: boolean }): void;
  drag(conversation: Conversation, event: DragEvent): void;
  dragEnd(): void;
  archive(conversation: Conversation): void;
  remove(conversation: Conversation): void;
  setSeen(conversation: Conversation, seen: boolean): void;
  setFlagged(conversation: Conversation, flagged: boolean): void;
}

interface ConversationRowProps {
  conversation: Conversation;
  position: number;
  total: number;
  open: boolean;
  selected: boolean;
  selecting: boolean;
  cursor: boolean;
  snippet: { subject: string | null; preview: string | null } | undefined;
  context: RowContext;
  handlers: RowHandlers;
}

/** One conversation of the list. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, position, total, open, selected, selecting, cursor, snippet, context, handlers } = props;
  const { t } = useTranslation("mail");
  const words = { me: t("list.me"), to: t("list.to"), draft: t("list.draft"), noSender: t("list.noSender") };
  const row = rowSummary(conversation, { ...context, words });
  const subject = row.subject || t("list.noSubject");

  const click = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      event.preventDefault();
      handlers.toggle(conversation, event);
      return;
    }
    if (event.button === 0) handlers.open(conversation);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one by the virtual list
    <div
      role="listitem"
      aria-posinset={position + 1}
      aria-setsize={total}
      className={classes.row}
      data-open={open || undefined}
      data-selected={selected || undefined}
      data-unread={row.unread || undefined}
      data-cursor={cursor || undefined}
      data-selecting={selecting || undefined}
      draggable
      onDragStart={(event) => handlers.drag(conversation, event)}
      onDragEnd={handlers.dragEnd}
    >
      <span className={classes.unreadBar} aria-hidden />
      <span className={classes.face}>
        <span className={classes.avatar}>
          <Avatar name={row.face?.name ?? null} address={row.face?.email ?? null} size={36} />
        </span>
        {/* The box itself, without what Mantine builds around one: a list draws twenty at once. */}
        <input
          type="checkbox"
          className={classes.checkbox}
          checked={selected}
          aria-label={t("list.select", { subject })}
          onChange={() => undefined}
          onClick={(event) => handlers.toggle(conversation, event)}
        />
      </span>
      <button
        type="button"
        className={classes.content}
        data-thread={conversation.threadId}
        onClick={click}
        aria-current={open ? "true" : undefined}
      >
        {row.unread && <span className={classes.hidden}>{t("list.unread")}. </span>}
        <span className={classes.top}>
          <span className={classes.names}>
            <Names names={row.names} />
          </span>
          {row.count > 1 && (
            <span className={classes.count} title={t("list.messages", { count: row.count })}>
              {row.count}
            </span>
          )}
          <span className={classes.date}>
            <RelativeTime date={row.date} />
          </span>
        </span>
        <span className={classes.middle}>
          {row.answered && <IconArrowBackUp className={classes.mark} aria-label={t("list.answered")} />}
          {row.forwarded && <IconArrowForwardUp className={classes.mark} aria-label={t("list.forwarded")} />}
          <span className={classes.subject} dir="auto">
            {snippet?.subject ? <Highlighted parts={snippetParts(snippet.subject)} /> : subject}
          </span>
          {row.hasAttachment && <IconPaperclip className={classes.mark} aria-label={t("list.attachment")} />}
          {row.flagged && <IconFlagFilled className={classes.flag} aria-label={t("list.flagged")} />}
        </span>
        <span className={classes.preview} dir="auto">
          {snippet?.preview ? <Highlighted parts={snippetParts(snippet.preview)} /> : row.preview || "\u00a0"}
        </span>
      </button>
      <span className={classes.actions}>
        <RowAction label={t("action.archive")} icon={IconArchive} onClick={() => handlers.archive(conversation)} />
        <RowAction label={t("action.delete")} icon={IconTrash} onClick={() => handlers.remove(conversation)} />
        <RowAction
          label={t(row.unread ? "action.markRead" : "action.markUnread")}
          icon={row.unread ? IconMailOpened : IconMail}
          onClick={() => handlers.setSeen(conversation, row.unread)}
        />
        <RowAction
          label={t(row.flagged ? "action.unflag" : "action.flag")}
          icon={row.flagged ? IconFlagFilled : IconFlag}
          onClick={() => handlers.setFlagged(conversation, !row.flagged)}
        />
      </span>
    </div>
  );
});

function Names({ names }: { names: RowName[] }) {
  return names.map((name, at) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: two people may be called the same
      key={at}
      className={name.draft ? classes.draft : undefined}
      data-unread={name.unread || undefined}
    >
      {name.text}
      {at < names.length - 1 && ", "}
    </span>
  ));
}

function Highlighted({ parts }: { parts: SnippetPart[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a snippet never change
  return parts.map((part, at) => (part.marked ? <mark key={at}>{part.text}</mark> : part.text));
}

/** A row that is on its way. */
export function EmptyRow() {
  return (
    <div className={classes.row} aria-hidden>
      <span className={classes.unreadBar} />
      <Skeleton circle className={classes.facePlace} width={undefined} height={undefined} />
      <span className={classes.lines}>
        <Skeleton className={classes.line} width="45%" />
        <Skeleton className={classes.line} width="70%" />
        <Skeleton className={classes.line} width="88%" />
      </span>
    </div>
  );
}
