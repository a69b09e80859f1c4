import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatFull, SkeletonRows } from "../../../../ui";
import { messageParse } from "../../api/messageParse";
import { formatAddress } from "../../state/addresses";
import { explain } from "../../state/explain";
import { mailKeys } from "../../state/keys";
import classes from "./Attachments.module.css";
import cardClasses from "./MessageCard.module.css";
import { MessageContent } from "./MessageContent";

interface AttachedMessageProps {
  accountId: string;
  blobId: string;
}

/** A message that came attached to another (message/rfc822), shown as messages are. */
export default function AttachedMessage({ accountId, blobId }: AttachedMessageProps) {
  const { t, i18n } = useTranslation("mail");
  const { data: message, error } = useQuery({
    queryKey: [...mailKeys.blob(accountId, blobId), "message"],
    queryFn: () => messageParse(accountId, blobId),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  if (error) return <p className={classes.sheet}>{explain(error)}</p>;
  if (!message) return <SkeletonRows />;
  const lines: [string, string][] = [
    [t("headers.from"), (message.from ?? []).map(formatAddress).join(", ")],
    [t("headers.to"), (message.to ?? []).map(formatAddress).join(", ")],
    [t("headers.cc"), (message.cc ?? []).map(formatAddress).join(", ")],
    [t("headers.date"), message.sentAt ? formatFull(message.sentAt, i18n.language) : ""],
  ];
  return (
    <article className={classes.sheet}>
      <h3 dir="auto">{message.subject || t("list.noSubject")}</h3>
      <dl className={cardClasses.table}>
        {lines
          .filter(([, value]) => value !== "")
          .map(([label, value]) => (
            <div key={label} style={{ display: "contents" }}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <MessageContent accountId={accountId} message={message} />
    </article>
  );
}
