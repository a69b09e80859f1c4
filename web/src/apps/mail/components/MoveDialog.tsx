import { Modal, ScrollArea, TextInput, UnstyledButton } from "@mantine/core";
import { IconFolderPlus, IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mailbox } from "../../../lib/jmap/types";
import { useMail } from "../state/MailContext";
import { mailboxLabel } from "../state/mailboxLabel";
import { FolderDialog } from "./folders/FolderDialog";
import classes from "./MoveDialog.module.css";
import { mailboxIcon } from "./mailboxIcon";

interface MoveDialogProps {
  title: string;
  onChoose(mailbox: Mailbox): void;
  onClose(): void;
}

/** Chooses a mailbox by typing part of its name. */
export function MoveDialog({ title, onChoose, onClose }: MoveDialogProps) {
  const { t } = useTranslation("mail");
  const { mailboxes, mailbox: current, accountId } = useMail();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const [creating, setCreating] = useState(false);

  const found = useMemo(() => {
    const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const { roles, own } = mailboxes.tree();
    const flat = (nodes: typeof own): Mailbox[] => nodes.flatMap((node) => [node.mailbox, ...flat(node.children)]);
    return flat([...roles, ...own])
      .filter((mailbox) => mailbox.id !== current?.id && mailbox.myRights.mayAddItems && mailbox.role !== "drafts")
      .map((mailbox) => ({ mailbox, path: mailboxes.path(mailbox, (each) => mailboxLabel(each, t)) }))
      .filter(({ path }) => plain(path).includes(plain(query.trim())));
  }, [mailboxes, current?.id, query, t]);

  const choose = (mailbox: Mailbox | undefined) => {
    if (!mailbox) return;
    onClose();
    onChoose(mailbox);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActive((at) => Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setActive((at) => Math.max(at - 1, 0));
    else if (event.key === "Enter") choose(found[active]?.mailbox);
    else return;
    event.preventDefault();
  };

  if (creating) {
    return (
      <FolderDialog
        accountId={accountId}
        mailboxes={mailboxes}
        onClose={() => setCreating(false)}
        suggested={query.trim()}
        onCreated={(id, name) => {
          onClose();
          onChoose({ id, name, role: null } as Mailbox);
        }}
      />
    );
  }
  return (
    <Modal opened onClose={onClose} title={title} size="sm" closeButtonProps={{ "aria-label": t("close") }}>
      <TextInput
        data-autofocus
        leftSection={<IconSearch className={classes.icon} />}
        placeholder={t("move.placeholder")}
        aria-label={t("move.placeholder")}
        value={query}
        role="combobox"
        aria-expanded
        aria-controls="move-list"
        aria-activedescendant={found[active] ? `move-${found[active].mailbox.id}` : undefined}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={keys}
      />
      <ScrollArea.Autosize className={classes.list} mah="50vh">
        <div role="listbox" id="move-list" aria-label={title}>
          {found.map(({ mailbox, path }, at) => {
            const Icon = mailboxIcon(mailbox);
            return (
              <UnstyledButton
                key={mailbox.id}
                id={`move-${mailbox.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={at === active}
                className={classes.option}
                onMouseMove={() => setActive(at)}
                onClick={() => choose(mailbox)}
              >
                <Icon className={classes.icon} aria-hidden />
                {path}
              </UnstyledButton>
            );
          })}
          {found.length === 0 && <p className={classes.none}>{t("move.none")}</p>}
        </div>
      </ScrollArea.Autosize>
      <UnstyledButton className={classes.option} onClick={() => setCreating(true)}>
        <IconFolderPlus className={classes.icon} aria-hidden />
        {t("folders.create")}
      </UnstyledButton>
    </Modal>
  );
}
