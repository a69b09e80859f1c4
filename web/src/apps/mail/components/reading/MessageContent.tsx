import { Button, Skeleton } from "@mantine/core";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { persistently } from "../../../../lib/persistently";
import type { Message } from "../../api/messageGet";
import { displayName } from "../../state/addresses";
import { calendarPart, useCalendarAccount } from "../../state/calendarPart";
import { bodyText } from "../../state/compose/start";
import { allowImagesOf, usePreferences } from "../../state/preferences";
import { AttachmentList } from "./AttachmentList";
import { HtmlBody } from "./HtmlBody";
import classes from "./MessageCard.module.css";
import { TextBody } from "./TextBody";

const Invitation = lazy(() => persistently(() => import("./Invitation")));

interface MessageContentProps {
  accountId: string;
  message: Message;
  /** Writes to whoever sent it. */
  onReply?: () => void;
}

/** The text and the attachments of a message, with what may be asked for above them. */
export function MessageContent({ accountId, message, onReply }: MessageContentProps) {
  const { t } = useTranslation("mail");
  const { remoteImages, imageSenders } = usePreferences();
  const [asked, setAsked] = useState(false);
  const sender = message.from?.[0]?.email.toLowerCase() ?? "";
  const always = remoteImages === "always" || (sender !== "" && imageSenders.includes(sender));
  const shown = always || asked;
  const hasRemote = message.safeHtml?.includes("data-remote-src") ?? false;
  const calendarAccount = useCalendarAccount(accountId);
  const calendar = useMemo(() => calendarPart(message.attachments ?? []), [message]);
  const attachments = useMemo(
    () =>
      (message.attachments ?? []).filter(
        (part) =>
          !(part.cid && message.safeHtml?.includes(part.cid) && part.type.startsWith("image/")) &&
          !(calendarAccount !== null && part === calendar && part.disposition !== "attachment"),
      ),
    [message, calendar, calendarAccount],
  );

  return (
    <>
      {calendar?.blobId && calendarAccount !== null && (
        <Suspense fallback={<Skeleton height={148} radius="lg" mb="md" />}>
          <Invitation
            mailAccount={accountId}
            accountId={calendarAccount}
            blobId={calendar.blobId}
            sender={message.from?.[0] ? displayName(message.from[0]) : ""}
            senderAddress={sender}
            onReply={onReply}
          />
        </Suspense>
      )}
      {hasRemote && !shown && remoteImages === "ask" && (
        <div className={classes.notice}>
          <span className={classes.noticeText}>{t("images.blocked")}</span>
          <Button size="compact-sm" variant="light" onClick={() => setAsked(true)}>
            {t("images.show")}
          </Button>
          {sender && (
            <Button size="compact-sm" variant="subtle" title={sender} onClick={() => allowImagesOf(sender)}>
              {t("images.always")}
            </Button>
          )}
        </div>
      )}
      {message.safeHtml ? (
        <HtmlBody accountId={accountId} message={message} remoteImages={shown} />
      ) : (
        <TextBody text={bodyText(message)} />
      )}
      {attachments.length > 0 && <AttachmentList accountId={accountId} attachments={attachments} />}
    </>
  );
}
