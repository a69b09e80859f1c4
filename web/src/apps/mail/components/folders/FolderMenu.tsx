import { Menu } from "@mantine/core";
import { IconEdit, IconFolderPlus, IconMailOpened, IconTrash, IconTrashX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMail } from "../../state/MailContext";
import type { MailboxNode } from "../../state/mailboxes";
import classes from "./FolderPane.module.css";

interface FolderMenuProps {
  node: MailboxNode;
  onReadAll(): void;
  onDialog(dialog: "child" | "edit"): void;
  onRemove(): void;
}

/** What can be done with a mailbox by those who may. */
export function FolderMenu({ node: { mailbox }, onReadAll, onDialog, onRemove }: FolderMenuProps) {
  const { t } = useTranslation("mail");
  const { actions } = useMail();
  const rights = mailbox.myRights;
  const emptied = mailbox.role === "trash" || mailbox.role === "junk";
  return (
    <>
      <Menu.Item
        leftSection={<IconMailOpened className={classes.smallIcon} />}
        disabled={mailbox.unreadEmails === 0}
        onClick={onReadAll}
      >
        {t("folders.readAll")}
      </Menu.Item>
      {emptied && (
        <Menu.Item
          leftSection={<IconTrashX className={classes.smallIcon} />}
          disabled={mailbox.totalEmails === 0}
          onClick={() => actions.emptyMailbox(mailbox)}
        >
          {t(mailbox.role === "trash" ? "folders.emptyTrash" : "folders.emptyJunk")}
        </Menu.Item>
      )}
      {rights.mayCreateChild && !emptied && (
        <Menu.Item leftSection={<IconFolderPlus className={classes.smallIcon} />} onClick={() => onDialog("child")}>
          {t("folders.createChild")}
        </Menu.Item>
      )}
      {rights.mayRename && mailbox.role === null && (
        <Menu.Item leftSection={<IconEdit className={classes.smallIcon} />} onClick={() => onDialog("edit")}>
          {t("folders.edit")}
        </Menu.Item>
      )}
      {rights.mayDelete && mailbox.role === null && (
        <Menu.Item color="red" leftSection={<IconTrash className={classes.smallIcon} />} onClick={onRemove}>
          {t("folders.remove")}
        </Menu.Item>
      )}
    </>
  );
}
