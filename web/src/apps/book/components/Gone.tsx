import { Button } from "@mantine/core";
import { IconCalendarOff, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../ui";
import { Refused } from "../api/ask";
import { Page } from "./Frame";
import { useTitle } from "./useTitle";

/** Nothing is there, or nothing could be fetched: what one can do about it. */
export function Gone({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const { t } = useTranslation("book");
  const { reason, message } = error instanceof Refused ? error : { reason: "unavailable", message: "" };
  const isGone = reason === "notFound";
  useTitle(t(isGone ? "gone" : "error"));
  if (isGone)
    return (
      <Page>
        <EmptyState isPage icon={IconCalendarOff} title={t("gone")} text={t("goneText")} />
      </Page>
    );
  return (
    <Page>
      <EmptyState
        isPage
        icon={IconPlugConnectedX}
        title={t("error")}
        text={reason === "wait" ? t("wait") : reason === "offline" ? t("offline") : message}
        action={<Button onClick={onRetry}>{t("retry")}</Button>}
      />
    </Page>
  );
}
