import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useJmapSession } from "../../../lib/jmap";
import { navigateTo } from "../../../shell";
import { RelativeTime } from "../../../ui";
import type { ListCard } from "../api/cardGet";
import { recentMail } from "../api/recentMail";
import { contactKeys } from "../state/keys";
import classes from "./Detail.module.css";

const shown = 6;

/** The newest conversations with somebody; each opens in mail. */
export function Lately({ card }: { card: ListCard }) {
  const { t } = useTranslation("contacts");
  const accountId = useJmapSession().primaryAccounts["urn:ietf:params:jmap:mail"] ?? "";
  const addresses = Object.values(card.emails ?? {}).map(({ address }) => address);
  const { data, isPending, error } = useQuery({
    queryKey: contactKeys.mail(accountId, addresses),
    queryFn: () => recentMail(accountId, addresses, shown),
    enabled: accountId !== "" && addresses.length > 0,
    staleTime: 60_000,
  });
  if (addresses.length === 0 || accountId === "" || error) return null;
  return (
    <section className={classes.card} aria-labelledby="lately">
      <h2 className={classes.heading} id="lately">
        {t("lately.title")}
      </h2>
      {isPending && <Skeleton height={14} width="70%" my="md" mx="md" />}
      {data?.length === 0 && <p className={classes.noMail}>{t("lately.none")}</p>}
      {data?.map((email) => (
        <button
          key={email.id}
          type="button"
          className={classes.mail}
          onClick={() => navigateTo(`/mail/inbox/${encodeURIComponent(email.threadId)}`)}
        >
          <span className={classes.mailSubject} dir="auto">
            {email.subject || t("lately.noSubject")}
          </span>
          <span className={classes.mailDate}>
            <RelativeTime date={email.receivedAt} />
          </span>
          <span className={classes.mailPreview} dir="auto">
            {email.preview}
          </span>
        </button>
      ))}
    </section>
  );
}
