import "@mantine/tiptap/styles.layer.css";
import { Button, Group, Input, Modal, Select, Stack, TextInput } from "@mantine/core";
import { Link, RichTextEditor } from "@mantine/tiptap";
import { useQueryClient } from "@tanstack/react-query";
import { useEditor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Identity } from "../../../../lib/jmap/types";
import { createIdentity, updateIdentity } from "../../api/identitySet";
import { parseAddresses } from "../../state/addresses";
import { explain } from "../../state/explain";
import { mailKeys } from "../../state/keys";
import { htmlToText, textToHtml } from "../../state/plainText";
import classes from "./Settings.module.css";

interface IdentityDialogProps {
  accountId: string;
  identities: Identity[];
  /** Null to make a new one. */
  identity: Identity | null;
  onClose(): void;
}

/** Changes the name, answer address and signature of an identity. */
export default function IdentityDialog({ accountId, identities, identity, onClose }: IdentityDialogProps) {
  const { t } = useTranslation("mail");
  const client = useQueryClient();
  const [name, setName] = useState(identity?.name ?? identities[0]?.name ?? "");
  const [email, setEmail] = useState(identity?.email ?? identities[0]?.email ?? "");
  const [replyTo, setReplyTo] = useState(identity?.replyTo?.[0]?.email ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const addresses = [...new Set(identities.map((each) => each.email))].filter((each) => !each.startsWith("*@"));
  const editor = useEditor({
    extensions: [
      StarterKit.configure({ link: false, heading: false, codeBlock: false }),
      Link.configure({ openOnClick: false }),
    ],
    content: identity?.htmlSignature || textToHtml(identity?.textSignature ?? ""),
    editorProps: { attributes: { "aria-label": t("identity.signature"), role: "textbox", "aria-multiline": "true" } },
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answers = parseAddresses(replyTo);
    if (answers.rest) {
      setProblem(t("identity.wrongReplyTo"));
      return;
    }
    const html = editor?.isEmpty ? "" : (editor?.getHTML() ?? "");
    const values = {
      name: name.trim(),
      replyTo: answers.addresses.length > 0 ? answers.addresses : null,
      bcc: identity?.bcc ?? null,
      htmlSignature: html,
      textSignature: html ? htmlToText(html) : "",
    };
    setBusy(true);
    try {
      if (identity) await updateIdentity(accountId, identity.id, values);
      else await createIdentity(accountId, { ...values, email });
      await client.invalidateQueries({ queryKey: mailKeys.identities(accountId) });
      onClose();
    } catch (error) {
      setProblem(explain(error));
      setBusy(false);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(identity ? "identity.editTitle" : "identity.add")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <div className={classes.pair}>
            <TextInput
              data-autofocus
              label={t("identity.name")}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            {identity ? (
              <TextInput label={t("identity.email")} value={identity.email} readOnly />
            ) : (
              <Select
                label={t("identity.email")}
                data={addresses}
                value={email}
                allowDeselect={false}
                onChange={(value) => setEmail(value ?? "")}
              />
            )}
          </div>
          <TextInput
            label={t("identity.replyTo")}
            description={t("identity.replyToHint")}
            type="email"
            value={replyTo}
            onChange={(event) => setReplyTo(event.currentTarget.value)}
          />
          <Input.Wrapper label={t("identity.signature")} labelElement="div">
            <RichTextEditor editor={editor} className={classes.signature}>
              <RichTextEditor.Toolbar>
                <RichTextEditor.ControlsGroup>
                  <RichTextEditor.Bold aria-label={t("editor.bold")} title={t("editor.bold")} />
                  <RichTextEditor.Italic aria-label={t("editor.italic")} title={t("editor.italic")} />
                  <RichTextEditor.Link aria-label={t("editor.link")} title={t("editor.link")} />
                </RichTextEditor.ControlsGroup>
              </RichTextEditor.Toolbar>
              <RichTextEditor.Content />
            </RichTextEditor>
          </Input.Wrapper>
          {problem && <Input.Error role="alert">{problem}</Input.Error>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
