import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

interface NameDialogProps {
  title: string;
  name: string;
  confirm: string;
  missing: string;
  /** Gives what is wrong, or null when it is done. */
  onName(name: string): Promise<string | null>;
  onClose(): void;
}

/** Asks for the name of a group or an address book. */
export function NameDialog({ title, name, confirm, missing, onName, onClose }: NameDialogProps) {
  const { t } = useTranslation("contacts");
  const [text, setText] = useState(name);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim()) {
      setError(missing);
      return;
    }
    setBusy(true);
    const wrong = await onName(text.trim());
    setBusy(false);
    setError(wrong);
    if (wrong === null) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={title} size="sm" closeButtonProps={{ "aria-label": t("close") }}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <TextInput
            data-autofocus
            label={t("fields.name")}
            value={text}
            maxLength={100}
            error={error}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setError(null);
            }}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
