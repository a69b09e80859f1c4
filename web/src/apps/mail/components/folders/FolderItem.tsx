import { ActionIcon } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconChevronRight, IconDots } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { canUndo } from "../../../../lib/lastUndo";
import { failed, formatCount, LazyMenu, undoable } from "../../../../ui";
import { emailIds } from "../../api/emailIds";
import { destroyMailbox } from "../../api/mailboxSet";
import { changeEmails, undoChanges } from "../../state/changeEmails";
import { dragged, dragType } from "../../state/drag";
import { keywordPatch } from "../../state/emailPatch";
import { explain } from "../../state/explain";
import { useMail } from "../../state/MailContext";
import type { Mailboxes, MailboxNode } from "../../state/mailboxes";
import { mailboxLabel } from "../../state/mailboxLabel";
import { refreshAccount } from "../../state/refresh";
import type { MailAccount } from "../../state/useAccounts";
import { mailboxIcon } from "../mailboxIcon";
import { FolderDialog } from "./FolderDialog";
import { FolderMenu } from "./FolderMenu";
import classes from "./FolderPane.module.css";

interface FolderItemProps {
  account: MailAccount;
  node: MailboxNode;
  mailboxes: Mailboxes;
  closed: boolean;
  onToggle(): void;
  onGone: (() => void) | undefined;
}

/** One mailbox: opened by a click, filled by a drop, changed by its menu. */
export function FolderItem({ account, node, mailboxes, closed, onToggle, onGone }: FolderItemProps) {
  const { t } = useTranslation("mail");
  const client = useQueryClient();
  const { go, accountId, mailbox: current, location, actions } = useMail();
  const [over, setOver] = useState(false);
  const [dialog, setDialog] = useState<"child" | "edit" | null>(null);
  const { mailbox, depth } = node;
  const label = mailboxLabel(mailbox, t);
  const Icon = mailboxIcon(mailbox);
  const open = accountId === account.id && current?.id === mailbox.id && !location.search;
  const count =
    mailbox.role === "drafts"
      ? mailbox.totalEmails
      : mailbox.role === "sent" || mailbox.role === "trash"
        ? 0
        : mailbox.unreadThreads;

  const accepts = (event: DragEvent) =>
    event.dataTransfer.types.includes(dragType) &&
    dragged()?.accountId === account.id &&
    accountId === account.id &&
    current?.id !== mailbox.id &&
    mailbox.myRights.mayAddItems;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const what = dragged();
    if (what) actions.move({ conversations: what.conversations }, mailbox);
  };

  const markAllRead = async () => {
    try {
      const ids = await emailIds(account.id, {
        operator: "AND",
        conditions: [{ inMailbox: mailbox.id }, { notKeyword: "$seen" }],
      });
      const done = await changeEmails(client, account.id, new Map(ids.map((id) => [id, keywordPatch("$seen", true)])));
      const undo = canUndo(() => {
        closeToast();
        void undoChanges(client, done).catch((error) => failed(explain(error)));
      });
      const closeToast = undoable(t("did.readAll", { mailbox: label }), undo);
    } catch (error) {
      failed(explain(error));
    }
  };

  const remove = () =>
    modals.openConfirmModal({
      title: t("folders.removeTitle", { mailbox: label }),
      children:
        mailbox.totalEmails > 0
          ? t("folders.removeText", { count: mailbox.totalEmails })
          : t("folders.removeEmptyText"),
      labels: { confirm: t("folders.removeConfirm"), cancel: t("cancel") },
      confirmProps: { color: "red" },
      onConfirm: () =>
        void destroyMailbox(account.id, mailbox.id)
          .then(() => {
            if (open) go({ mailbox: "inbox", threadId: null, search: null });
            refreshAccount(client, account.id);
          })
          .catch((error) => failed(explain(error))),
    });

  return (
    <div
      className={classes.item}
      data-open={open || undefined}
      data-over={over || undefined}
      style={{ "--depth": depth } as React.CSSProperties}
    >
      {node.children.length > 0 ? (
        <ActionIcon
          className={classes.fold}
          aria-expanded={!closed}
          aria-label={t("folders.fold", { mailbox: label })}
          onClick={onToggle}
        >
          <IconChevronRight className={classes.chevron} data-open={!closed || undefined} />
        </ActionIcon>
      ) : null}
      <button
        type="button"
        className={classes.target}
        aria-current={open ? "page" : undefined}
        data-unread={count > 0 || undefined}
        onClick={() => {
          onGone?.();
          go({
            mailbox: mailboxes.segment(mailbox),
            accountId: account.isPrimary ? null : account.id,
            threadId: null,
            search: null,
          });
        }}
        onDragOver={(event) => {
          if (!accepts(event)) return;
          event.preventDefault();
          event.dataTransfer.dropEffect = "move";
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon className={classes.icon} aria-hidden />
        <span className={classes.name}>{label}</span>
        {count > 0 && (
          <span className={classes.count}>
            {formatCount(count)}
            <span className={classes.hidden}>
              {mailbox.role === "drafts" ? t("folders.messages") : t("folders.unread")}
            </span>
          </span>
        )}
      </button>
      <LazyMenu
        label={t("folders.more", { mailbox: label })}
        icon={<IconDots className={classes.smallIcon} />}
        position="bottom-end"
        className={classes.more}
      >
        <FolderMenu node={node} onReadAll={() => void markAllRead()} onDialog={setDialog} onRemove={remove} />
      </LazyMenu>
      {dialog && (
        <FolderDialog
          accountId={account.id}
          mailboxes={mailboxes}
          onClose={() => setDialog(null)}
          {...(dialog === "edit" ? { edited: mailbox } : { parentId: mailbox.id })}
        />
      )}
    </div>
  );
}
