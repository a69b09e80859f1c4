import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { setBadge } from "../../../shell";
import { Avatar, RelativeTime, SkeletonRows } from "../../../ui";
import { useUnread } from "../state/useHome";
import { Card, Nothing } from "./Card";
import classes from "./UnreadCard.module.css";

/** The newest of the inbox that was not read yet. */
export function UnreadCard() {
  const { t } = useTranslation("home");
  const { data, error, refetch } = useUnread();
  useEffect(() => {
    if (data) setBadge("mail", data.total);
  }, [data]);
  return (
    <Card
      title={t("unread")}
      note={data && data.total > 0 ? t("conversations", { count: data.total }) : undefined}
      link={{ to: "/mail/$", splat: "inbox", text: t("openInbox") }}
    >
      {data ? (
        data.emails.length === 0 ? (
          <Nothing>{t("allRead")}</Nothing>
        ) : (
          <ul className={classes.list}>
            {data.emails.map(({ id, threadId, from, subject, preview, receivedAt }) => (
              <li key={id}>
                <Link className={classes.row} to="/mail/$" params={{ _splat: `inbox/${threadId}` }}>
                  <Avatar name={from?.[0]?.name ?? null} address={from?.[0]?.email ?? null} size={34} />
                  <span className={classes.what}>
                    <span className={classes.line}>
                      <span className={classes.sender}>{from?.[0]?.name || from?.[0]?.email || t("noSender")}</span>
                      <span className={classes.date}>
                        <RelativeTime date={receivedAt} />
                      </span>
                    </span>
                    <span className={classes.subject} dir="auto">
                      {subject || t("noSubject")}
                    </span>
                    <span className={classes.preview} dir="auto">
                      {preview}
                    </span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )
      ) : error ? (
        <Nothing
          action={
            <Button size="compact-md" variant="light" onClick={() => void refetch()}>
              {t("retry")}
            </Button>
          }
        >
          {t("failed")}
        </Nothing>
      ) : (
        <SkeletonRows rows={4} height={64} />
      )}
    </Card>
  );
}
