import { modals } from "@mantine/modals";
import { useTranslation } from "react-i18next";
import type { Message } from "../../api/messageGet";
import { displayName } from "../../state/addresses";
import { useMailCommands } from "../../state/MailCommands";
import classes from "./MessageCard.module.css";

/** Mailing lists that say how to leave them (RFC 2369 §3.2) can be left from here: by a message, else on their page. */
export function UnsubscribeLink({ message }: { message: Message }) {
  const { t } = useTranslation("mail");
  const { compose } = useMailCommands();
  const urls = message["header:List-Unsubscribe:asURLs"] ?? [];
  const mailto = urls.find((url) => /^mailto:/i.test(url));
  const page = urls.find((url) => /^https:/i.test(url));
  if (!mailto && !page) return null;
  const sender = message.from?.[0] ? displayName(message.from[0]) : "";

  const leave = () => {
    if (mailto) compose(mailto);
    else if (page) {
      modals.openConfirmModal({
        title: t("unsubscribe.title", { sender }),
        children: t("unsubscribe.text", { host: new URL(page).host }),
        labels: { confirm: t("unsubscribe.open"), cancel: t("cancel") },
        onConfirm: () => window.open(page, "_blank", "noopener,noreferrer"),
      });
    }
  };
  return (
    <button type="button" className={classes.unsubscribe} title={t("unsubscribe.hint")} onClick={leave}>
      {t("unsubscribe.action")}
    </button>
  );
}
