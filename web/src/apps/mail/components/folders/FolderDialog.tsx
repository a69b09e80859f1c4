import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mailbox } from "../../../../lib/jmap/types";
import { createMailbox, updateMailbox } from "../../api/mailboxSet";
import { explain } from "../../state/explain";
import { mailKeys } from "../../state/keys";
import type { Mailboxes } from "../../state/mailboxes";
import { mailboxLabel } from "../../state/mailboxLabel";

interface FolderDialogProps {
  accountId: string;
  mailboxes: Mailboxes;
  /** The folder renamed or moved; without it a new one is made. */
  edited?: Mailbox;
  parentId?: string;
  /** What a new one is called to begin with. */
  suggested?: string;
  onClose(): void;
  onCreated?(id: string, name: string): void;
}

const top = "";

/** Makes a folder, or renames and moves one. */
export function FolderDialog(props: FolderDialogProps) {
  const { accountId, mailboxes, edited, parentId, suggested, onClose, onCreated } = props;
  const { t } = useTranslation("mail");
  const client = useQueryClient();
  const [name, setName] = useState(edited?.name ?? suggested ?? "");
  const [parent, setParent] = useState(edited?.parentId ?? parentId ?? top);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const label = (mailbox: Mailbox) => mailboxLabel(mailbox, t);

  const parents = mailboxes.all
    .filter(
      (mailbox) =>
        !["trash", "junk", "drafts", "sent"].includes(mailbox.role ?? "") &&
        (!edited || !mailboxes.isWithin(mailbox.id, edited.id)),
    )
    .map((mailbox) => ({ value: mailbox.id, label: mailboxes.path(mailbox, label) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    if (!wanted) {
      setError(t("folders.nameMissing"));
      return;
    }
    const taken = mailboxes.all.some(
      (other) =>
        other.id !== edited?.id &&
        (other.parentId ?? top) === parent &&
        label(other).toLowerCase() === wanted.toLowerCase(),
    );
    if (taken) {
      setError(t("folders.nameTaken"));
      return;
    }
    setBusy(true);
    try {
      if (edited) await updateMailbox(accountId, edited.id, { name: wanted, parentId: parent || null });
      else {
        const id = await createMailbox(accountId, wanted, parent || null);
        onCreated?.(id, wanted);
      }
      await client.invalidateQueries({ queryKey: mailKeys.mailboxes(accountId) });
      onClose();
    } catch (problem) {
      setError(explain(problem));
      setBusy(false);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(edited ? "folders.editTitle" : "folders.create")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <TextInput
            data-autofocus
            label={t("folders.name")}
            value={name}
            maxLength={100}
            error={error}
            onChange={(event) => {
              setName(event.currentTarget.value);
              setError(null);
            }}
          />
          <Select
            label={t("folders.parent")}
            data={[{ value: top, label: t("folders.top") }, ...parents]}
            value={parent}
            allowDeselect={false}
            searchable
            onChange={(value) => setParent(value ?? top)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t(edited ? "save" : "folders.createConfirm")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
