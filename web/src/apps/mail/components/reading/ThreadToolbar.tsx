import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import {
  IconAlertOctagon,
  IconArchive,
  IconArrowLeft,
  IconChevronDown,
  IconChevronUp,
  IconDots,
  IconFlag,
  IconFlagFilled,
  IconFolderSymlink,
  IconInbox,
  IconMail,
  IconPrinter,
  IconTrash,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { failed } from "../../../../ui";
import type { ListEmail } from "../../state/emailPatch";
import { explain } from "../../state/explain";
import { useMailCommands } from "../../state/MailCommands";
import { useMail } from "../../state/MailContext";
import { printThread } from "../../state/printThread";
import classes from "./ReadingPane.module.css";

interface ThreadToolbarProps {
  emails: ListEmail[];
  subject: string;
  isPhone: boolean;
}

/** What can be done with the open conversation. */
export function ThreadToolbar({ emails, subject, isPhone }: ThreadToolbarProps) {
  const { t } = useTranslation("mail");
  const { go, mailbox, accountId } = useMail();
  const commands = useMailCommands();
  const flagged = emails.some((email) => email.keywords.$flagged);
  const junk = mailbox?.role === "junk";

  const markUnread = () => {
    commands.setSeen(false);
    if (isPhone) go({ threadId: null });
  };
  const main: { label: string; icon: typeof IconArchive; run(): void; hidden?: boolean; flagged?: boolean }[] = [
    { label: t("action.archive"), icon: IconArchive, run: commands.archive, hidden: mailbox?.role === "archive" },
    {
      label: t(mailbox?.role === "trash" ? "action.deleteForever" : "action.delete"),
      icon: IconTrash,
      run: commands.remove,
    },
    {
      label: t(junk ? "action.notJunk" : "action.junk"),
      icon: junk ? IconInbox : IconAlertOctagon,
      run: () => commands.junk(!junk),
      hidden: isPhone,
    },
    { label: t("action.move"), icon: IconFolderSymlink, run: commands.move },
    { label: t("action.markUnread"), icon: IconMail, run: markUnread },
    {
      label: t(flagged ? "action.unflag" : "action.flag"),
      icon: flagged ? IconFlagFilled : IconFlag,
      run: commands.toggleFlag,
      hidden: isPhone,
      flagged,
    },
  ];

  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t("reading.toolbar")}>
      {isPhone && (
        <>
          <ToolButton label={t("reading.back")} icon={IconArrowLeft} run={() => go({ threadId: null })} />
          <span className={classes.gap} />
        </>
      )}
      {main
        .filter(({ hidden }) => !hidden)
        .map(({ label, icon, run, flagged: marked }) => (
          <ToolButton key={label} label={label} icon={icon} run={run} marked={marked ?? false} />
        ))}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="lg" aria-label={t("reading.more")}>
            <IconDots className={classes.icon} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isPhone && (
            <>
              <Menu.Item leftSection={<IconFlag className={classes.icon} />} onClick={commands.toggleFlag}>
                {t(flagged ? "action.unflag" : "action.flag")}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconAlertOctagon className={classes.icon} />}
                onClick={() => commands.junk(!junk)}
              >
                {t(junk ? "action.notJunk" : "action.junk")}
              </Menu.Item>
            </>
          )}
          <Menu.Item
            leftSection={<IconPrinter className={classes.icon} />}
            onClick={() => void printThread(accountId, emails, subject).catch((error) => failed(explain(error)))}
          >
            {t("action.print")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {!isPhone && (
        <>
          <span className={classes.gap} />
          <ToolButton label={t("action.previous")} icon={IconChevronUp} run={commands.previous} />
          <ToolButton label={t("action.next")} icon={IconChevronDown} run={commands.next} />
        </>
      )}
    </div>
  );
}

function ToolButton({
  label,
  icon: Icon,
  run,
  marked = false,
}: {
  label: string;
  icon: typeof IconArchive;
  run(): void;
  marked?: boolean;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="lg" aria-label={label} onClick={run}>
        <Icon className={marked ? classes.flag : classes.icon} />
      </ActionIcon>
    </Tooltip>
  );
}
