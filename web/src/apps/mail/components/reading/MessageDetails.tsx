import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmailAddress } from "../../../../lib/jmap/types";
import { formatBytes, formatFull } from "../../../../ui";
import type { Message } from "../../api/messageGet";
import { displayName, formatAddress, sameAddress, shortName } from "../../state/addresses";
import type { ListEmail } from "../../state/emailPatch";
import { useMail } from "../../state/MailContext";
import { mailboxLabel } from "../../state/mailboxLabel";
import classes from "./MessageCard.module.css";
import { UnsubscribeLink } from "./UnsubscribeLink";

interface MessageDetailsProps {
  email: ListEmail;
  message: Message | undefined;
}

/** To whom a message went, in a line that opens to all of its head. */
export function MessageDetails({ email, message }: MessageDetailsProps) {
  const { t, i18n } = useTranslation("mail");
  const { own, mailboxes } = useMail();
  const [open, setOpen] = useState(false);
  const name = (address: EmailAddress) =>
    own.some((mine) => sameAddress(mine, address.email)) ? t("list.me") : shortName(address);
  const to = [...(message?.to ?? email.to ?? []), ...(message?.cc ?? [])];
  const summary = to.length > 0 ? t("reading.to", { names: to.map(name).join(", ") }) : t("reading.toNobody");
  const list = (addresses: EmailAddress[] | null | undefined) => (addresses ?? []).map(formatAddress).join(", ");
  const differs = (addresses: EmailAddress[] | null | undefined) =>
    (addresses ?? []).some((address) => !email.from?.some((from) => sameAddress(from.email, address.email)));

  const lines: [string, string][] = message
    ? [
        [t("headers.from"), list(message.from)],
        [t("headers.sender"), differs(message.sender) ? list(message.sender) : ""],
        [t("headers.replyTo"), differs(message.replyTo) ? list(message.replyTo) : ""],
        [t("headers.to"), list(message.to)],
        [t("headers.cc"), list(message.cc)],
        [t("headers.bcc"), list(message.bcc)],
        [t("headers.date"), formatFull(message.sentAt ?? message.receivedAt, i18n.language)],
        [t("headers.subject"), message.subject ?? ""],
        [
          t("headers.mailboxes"),
          Object.keys(email.mailboxIds)
            .flatMap((id) => mailboxes.byId(id) ?? [])
            .map((mailbox) => mailboxLabel(mailbox, t))
            .join(", "),
        ],
        [t("headers.size"), formatBytes(message.size)],
      ]
    : [];

  return (
    <div className={classes.details}>
      <span className={classes.toLine}>
        <button
          type="button"
          className={classes.summary}
          aria-expanded={open}
          aria-label={`${summary}. ${t("reading.details")}`}
          title={to.map(displayName).join(", ")}
          onClick={() => setOpen(!open)}
        >
          <span className={classes.recipients}>{summary}</span>
          <IconChevronDown className={classes.chevron} data-open={open || undefined} aria-hidden />
        </button>
        {message && <UnsubscribeLink message={message} />}
      </span>
      {open && (
        <dl className={classes.table}>
          {lines
            .filter(([, value]) => value !== "")
            .map(([label, value]) => (
              <div key={label} style={{ display: "contents" }}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      )}
    </div>
  );
}
