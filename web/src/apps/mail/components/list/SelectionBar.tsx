import { ActionIcon, Tooltip } from "@mantine/core";
import {
  IconAlertOctagon,
  IconArchive,
  IconFlag,
  IconFolderSymlink,
  IconInbox,
  IconMail,
  IconMailOpened,
  IconTrash,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMailCommands } from "../../state/MailCommands";
import { useMail } from "../../state/MailContext";
import classes from "./ListHeader.module.css";

/** What can be done with the selected conversations. */
export function SelectionBar({ count }: { count: number }) {
  const { t } = useTranslation("mail");
  const { mailbox } = useMail();
  const commands = useMailCommands();
  const junk = mailbox?.role === "junk";
  const buttons = [
    { label: t("action.archive"), icon: IconArchive, run: commands.archive },
    { label: t("action.delete"), icon: IconTrash, run: commands.remove },
    { label: t("action.move"), icon: IconFolderSymlink, run: commands.move },
    { label: t("action.markRead"), icon: IconMailOpened, run: () => commands.setSeen(true) },
    { label: t("action.markUnread"), icon: IconMail, run: () => commands.setSeen(false) },
    { label: t("action.flag"), icon: IconFlag, run: () => commands.setFlagged(true) },
    {
      label: t(junk ? "action.notJunk" : "action.junk"),
      icon: junk ? IconInbox : IconAlertOctagon,
      run: () => commands.junk(!junk),
    },
  ];
  return (
    <div className={classes.selection} role="toolbar" aria-label={t("select.toolbar")}>
      <span className={classes.selected} aria-live="polite">
        {t("select.count", { count })}
      </span>
      {buttons.map(({ label, icon: Icon, run }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon aria-label={label} onClick={run}>
            <Icon className={classes.icon} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}
