import { ActionIcon, Loader, Menu, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowBackUpDouble,
  IconArrowForwardUp,
  IconCode,
  IconDots,
  IconDownload,
  IconFlag,
  IconFlagFilled,
  IconMail,
  IconPencil,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar, RelativeTime } from "../../../../ui";
import { displayName } from "../../state/addresses";
import { resumeDraft } from "../../state/compose/resume";
import { keywordPatch, type ListEmail, movePatch } from "../../state/emailPatch";
import { explain } from "../../state/explain";
import { useMail } from "../../state/MailContext";
import { isUnread } from "../../state/mailboxCounts";
import type { ReplyKind } from "../../state/reply";
import { saveBlob } from "../../state/saveBlob";
import { useMessage } from "../../state/useThread";
import classes from "./MessageCard.module.css";
import { MessageContent } from "./MessageContent";
import { MessageDetails } from "./MessageDetails";
import { SourceDialog } from "./SourceDialog";

interface MessageCardProps {
  email: ListEmail;
  open: boolean;
  /** The only message of its conversation cannot be folded. */
  alone: boolean;
  onToggle(): void;
  onAnswer(kind: ReplyKind): void;
}

/** One message: its head, which folds it, and when open its details, text and attachments. */
export function MessageCard({ email, open, alone, onToggle, onAnswer }: MessageCardProps) {
  const { t } = useTranslation("mail");
  const { accountId, actions, mailboxes } = useMail();
  const { data: message, isPending, error } = useMessage(accountId, email.id, open);
  const [source, setSource] = useState(false);
  const from = email.from?.[0];
  const sender = from ? displayName(from) : t("list.noSender");
  const draft = email.keywords.$draft === true;
  const flagged = email.keywords.$flagged === true;
  const unread = isUnread(email);

  const remove = () => {
    const trash = mailboxes.roleId("trash");
    if (trash) actions.change(new Map([[email.id, email.mailboxIds[trash] ? null : movePatch(null, trash)]]));
  };
  const fileName = `${(email.subject || t("list.noSubject")).replace(/[\\/:*?"<>|]+/g, " ").slice(0, 80)}.eml`;

  return (
    <article
      className={classes.card}
      data-email={email.id}
      data-open={open || undefined}
      aria-label={t("reading.messageFrom", { name: sender })}
    >
      <header className={classes.head}>
        {alone ? (
          <Avatar name={from?.name ?? null} address={from?.email ?? null} size={36} />
        ) : (
          <button
            type="button"
            className={classes.fold}
            aria-expanded={open}
            aria-label={t("reading.toggle", { name: sender })}
            onClick={onToggle}
          >
            <Avatar name={from?.name ?? null} address={from?.email ?? null} size={36} />
          </button>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for what the button beside it does */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
        <div
          className={classes.who}
          onClick={(event) => {
            if (!alone && !(event.target as Element).closest("button")) onToggle();
          }}
        >
          <div className={classes.line}>
            <span className={classes.sender} data-unread={unread || undefined}>
              {sender}
            </span>
            {open && from?.name && <span className={classes.address}>{from.email}</span>}
            {draft && <span className={classes.draft}>{t("list.draft")}</span>}
            <span className={classes.date}>
              <RelativeTime date={email.receivedAt} />
            </span>
          </div>
          {open ? (
            <MessageDetails email={email} message={message ?? undefined} />
          ) : (
            <div className={classes.preview}>{email.preview}</div>
          )}
        </div>
        {(open || flagged) && (
          <Tooltip label={t(flagged ? "action.unflag" : "action.flag")}>
            <ActionIcon
              className={classes.action}
              aria-label={t(flagged ? "action.unflag" : "action.flag")}
              aria-pressed={flagged}
              onClick={() => actions.change(new Map([[email.id, keywordPatch("$flagged", !flagged)]]))}
            >
              {flagged ? <IconFlagFilled className={classes.flag} /> : <IconFlag className={classes.icon} />}
            </ActionIcon>
          </Tooltip>
        )}
        {open && !draft && (
          <Tooltip label={t("action.reply")}>
            <ActionIcon
              className={classes.action}
              visibleFrom="sm"
              aria-label={t("action.reply")}
              onClick={() => onAnswer("reply")}
            >
              <IconArrowBackUp className={classes.icon} />
            </ActionIcon>
          </Tooltip>
        )}
        {draft && (
          <Tooltip label={t("action.editDraft")}>
            <ActionIcon
              className={classes.action}
              aria-label={t("action.editDraft")}
              onClick={() => void resumeDraft(accountId, email.id)}
            >
              <IconPencil className={classes.icon} />
            </ActionIcon>
          </Tooltip>
        )}
        {open && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon className={classes.action} aria-label={t("reading.messageMore", { name: sender })}>
                <IconDots className={classes.icon} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconArrowBackUp className={classes.icon} />} onClick={() => onAnswer("reply")}>
                {t("action.reply")}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconArrowBackUpDouble className={classes.icon} />}
                onClick={() => onAnswer("replyAll")}
              >
                {t("action.replyAll")}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconArrowForwardUp className={classes.icon} />}
                onClick={() => onAnswer("forward")}
              >
                {t("action.forward")}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconMail className={classes.icon} />}
                onClick={() => actions.change(new Map([[email.id, keywordPatch("$seen", unread)]]))}
              >
                {t(unread ? "action.markRead" : "action.markUnread")}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash className={classes.icon} />} onClick={remove}>
                {t("action.deleteMessage")}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item leftSection={<IconCode className={classes.icon} />} onClick={() => setSource(true)}>
                {t("action.source")}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconDownload className={classes.icon} />}
                onClick={() => void saveBlob(accountId, email.blobId, "message/rfc822", fileName)}
              >
                {t("action.downloadMessage")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      {open && (
        <div className={classes.content}>
          {message ? (
            <MessageContent accountId={accountId} message={message} onReply={() => onAnswer("reply")} />
          ) : error ? (
            <p className={classes.problem}>{explain(error)}</p>
          ) : isPending ? (
            <Loader size="sm" role="status" className={classes.loader} aria-label={t("reading.loading")} />
          ) : (
            <p className={classes.problem}>{t("reading.goneText")}</p>
          )}
        </div>
      )}
      {source && (
        <SourceDialog
          accountId={accountId}
          blobId={email.blobId}
          fileName={fileName}
          onClose={() => setSource(false)}
        />
      )}
    </article>
  );
}
