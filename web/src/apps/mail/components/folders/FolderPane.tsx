import { Button, ScrollArea, UnstyledButton } from "@mantine/core";
import { IconPencilPlus, IconSettings } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMail } from "../../state/MailContext";
import classes from "./FolderPane.module.css";
import { FolderSection } from "./FolderSection";

interface FolderPaneProps {
  onCompose(): void;
  /** Something was chosen: a drawer closes. */
  onGone?(): void;
}

/** The mailboxes of every account, and the way to write. */
export function FolderPane({ onCompose, onGone }: FolderPaneProps) {
  const { t } = useTranslation("mail");
  const { accounts } = useMail();
  return (
    <nav className={classes.pane} aria-label={t("folders.label")}>
      <div className={classes.compose}>
        <Button
          fullWidth
          size="md"
          leftSection={<IconPencilPlus className={classes.icon} />}
          onClick={() => {
            onGone?.();
            onCompose();
          }}
        >
          {t("compose.new")}
        </Button>
      </div>
      <ScrollArea className={classes.scroll} type="hover" scrollbars="y">
        {accounts.map((account) => (
          <FolderSection key={account.id} account={account} titled={accounts.length > 1} onGone={onGone} />
        ))}
      </ScrollArea>
      <UnstyledButton
        className={classes.settings}
        renderRoot={(props) => <Link {...props} to="/mail/$" params={{ _splat: "settings" }} onClick={onGone} />}
      >
        <IconSettings className={classes.icon} aria-hidden />
        {t("settings.title")}
      </UnstyledButton>
    </nav>
  );
}
