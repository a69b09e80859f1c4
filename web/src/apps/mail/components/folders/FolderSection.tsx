import { ActionIcon, UnstyledButton } from "@mantine/core";
import { IconChevronRight, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SkeletonRows } from "../../../../ui";
import type { MailboxNode } from "../../state/mailboxes";
import { setPreferences, usePreferences } from "../../state/preferences";
import type { MailAccount } from "../../state/useAccounts";
import { useMailboxes } from "../../state/useMailboxes";
import { FolderDialog } from "./FolderDialog";
import { FolderItem } from "./FolderItem";
import classes from "./FolderPane.module.css";

interface FolderSectionProps {
  account: MailAccount;
  titled: boolean;
  onGone: (() => void) | undefined;
}

/** One account's mailboxes: those with a role, then its own folders as a tree. */
export function FolderSection({ account, titled, onGone }: FolderSectionProps) {
  const { t } = useTranslation("mail");
  const { mailboxes, isPending } = useMailboxes(account.id);
  const { collapsedSections } = usePreferences();
  const [creating, setCreating] = useState(false);
  const { roles, own } = mailboxes.tree();
  const accountKey = `account:${account.id}`;
  const closed = collapsedSections.includes(accountKey);
  const isClosed = (key: string) => collapsedSections.includes(key);
  const flip = (key: string) =>
    setPreferences({
      collapsedSections: isClosed(key)
        ? collapsedSections.filter((other) => other !== key)
        : [...collapsedSections, key],
    });

  const rows = (nodes: MailboxNode[]): React.ReactNode =>
    nodes.map((node) => (
      <li key={node.mailbox.id}>
        <FolderItem
          account={account}
          node={node}
          mailboxes={mailboxes}
          closed={isClosed(node.mailbox.id)}
          onToggle={() => flip(node.mailbox.id)}
          onGone={onGone}
        />
        {node.children.length > 0 && !isClosed(node.mailbox.id) && (
          <ul className={classes.list}>{rows(node.children)}</ul>
        )}
      </li>
    ));

  return (
    <section aria-label={account.name} className={classes.section}>
      {titled && (
        <UnstyledButton className={classes.account} aria-expanded={!closed} onClick={() => flip(accountKey)}>
          <IconChevronRight className={classes.chevron} data-open={!closed || undefined} aria-hidden />
          <span className={classes.name}>{account.name}</span>
        </UnstyledButton>
      )}
      {!closed && (
        <>
          {isPending && <SkeletonRows rows={6} height={34} />}
          <ul className={classes.list}>{rows(roles)}</ul>
          {!isPending && (
            <div className={classes.heading}>
              <h2 className={classes.title}>{t("folders.own")}</h2>
              {!account.isReadOnly && (
                <ActionIcon
                  size="sm"
                  aria-label={t("folders.create")}
                  title={t("folders.create")}
                  onClick={() => setCreating(true)}
                >
                  <IconPlus className={classes.smallIcon} />
                </ActionIcon>
              )}
            </div>
          )}
          <ul className={classes.list}>{rows(own)}</ul>
        </>
      )}
      {creating && <FolderDialog accountId={account.id} mailboxes={mailboxes} onClose={() => setCreating(false)} />}
    </section>
  );
}
