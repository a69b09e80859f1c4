import { Button } from "@mantine/core";
import {
  IconArchive,
  IconFile,
  IconFolder,
  IconInbox,
  IconSearch,
  IconSend,
  IconShieldCheck,
  IconTrash,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../../ui";
import { useMail } from "../../state/MailContext";

// i18n: mail:emptyList.*
const icons = {
  inbox: IconInbox,
  drafts: IconFile,
  sent: IconSend,
  archive: IconArchive,
  junk: IconShieldCheck,
  trash: IconTrash,
};

/** An empty list says why it is empty and what to do. */
export function EmptyList() {
  const { t } = useTranslation("mail");
  const { location, mailbox, go } = useMail();
  if (location.search !== null) {
    return (
      <EmptyState
        icon={IconSearch}
        title={t("emptyList.search.title")}
        text={t("emptyList.search.text")}
        action={
          <Button variant="default" onClick={() => go({ search: null, threadId: null })}>
            {t("search.clear")}
          </Button>
        }
      />
    );
  }
  const role = mailbox?.role && mailbox.role in icons ? (mailbox.role as keyof typeof icons) : null;
  return (
    <EmptyState
      icon={role ? icons[role] : IconFolder}
      title={t(`emptyList.${role ?? "folder"}.title`)}
      text={t(`emptyList.${role ?? "folder"}.text`)}
    />
  );
}
