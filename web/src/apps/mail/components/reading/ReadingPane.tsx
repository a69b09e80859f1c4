import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowBackUpDouble,
  IconArrowForwardUp,
  IconMailOff,
} from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { queryClient } from "../../../../lib/queryClient";
import { useShortcuts } from "../../../../shell";
import { EmptyState, failed, SkeletonRows } from "../../../../ui";
import { messageGet } from "../../api/messageGet";
import { openComposition } from "../../state/compose/drafts";
import { answerComposition } from "../../state/compose/start";
import { keywordPatch, type ListEmail } from "../../state/emailPatch";
import { explain } from "../../state/explain";
import { mailKeys } from "../../state/keys";
import { useMail } from "../../state/MailContext";
import { isUnread } from "../../state/mailboxCounts";
import { loadIdentities } from "../../state/mailData";
import type { ReplyKind } from "../../state/reply";
import { useThread } from "../../state/useThread";
import { MessageCard } from "./MessageCard";
import classes from "./ReadingPane.module.css";
import { ThreadToolbar } from "./ThreadToolbar";

interface ReadingPaneProps {
  threadId: string;
  isPhone: boolean;
}

/** A whole conversation: the newest message and those unread are open, the others folded. */
export function ReadingPane({ threadId, isPhone }: ReadingPaneProps) {
  const { t } = useTranslation("mail");
  const { accountId, actions, mailbox, mailboxes, go } = useMail();
  const { data, isPending, isPlaceholderData, error, refetch } = useThread(accountId, threadId);
  const trashId = mailboxes.roleId("trash");
  const emails = useMemo(
    () => shownEmails(data ?? [], trashId, mailbox?.role === "trash"),
    [data, trashId, mailbox?.role],
  );
  const [openIds, setOpenIds] = useState<ReadonlySet<string> | null>(null);
  const [unfolded, setUnfolded] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const loaded = emails.length > 0 && !isPlaceholderData;

  const newest = emails.findLast((email) => !email.keywords.$draft) ?? emails.at(-1);
  const initial = useMemo(
    () => new Set(emails.filter((email) => email.id === newest?.id || isUnread(email)).map(({ id }) => id)),
    [emails, newest?.id],
  );
  const open = openIds ?? initial;

  // What is open when the conversation is opened is read; marking it unread later stays.
  const readOnce = useRef(false);
  useEffect(() => {
    if (!loaded || readOnce.current) return;
    readOnce.current = true;
    setOpenIds(initial);
    const unread = emails.filter(isUnread);
    if (unread.length > 0) actions.change(new Map(unread.map((email) => [email.id, keywordPatch("$seen", true)])));
  }, [loaded, emails, initial, actions]);

  // A message that arrives while one reads is opened too.
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!loaded) return;
    const fresh = known.current ? emails.filter(({ id }) => !known.current?.has(id)) : [];
    known.current = new Set(emails.map(({ id }) => id));
    if (fresh.length > 0) setOpenIds((before) => new Set([...(before ?? []), ...fresh.map(({ id }) => id)]));
  }, [loaded, emails]);

  const firstOpen = emails.find(({ id }) => initial.has(id))?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the conversation is there.
  useEffect(() => {
    if (!loaded || emails.length < 2 || !firstOpen) return;
    scroller.current?.querySelector(`[data-email="${CSS.escape(firstOpen)}"]`)?.scrollIntoView({ block: "start" });
  }, [loaded]);

  const answer = (kind: ReplyKind, emailId = newest?.id) => {
    if (emailId) void beginAnswer(accountId, emailId, kind, isPhone);
  };
  useShortcuts("mail:keys.message", [
    { keys: "r", labelId: "mail:keys.reply", run: () => answer("reply") },
    { keys: "a", labelId: "mail:keys.replyAll", run: () => answer("replyAll") },
    { keys: "f", labelId: "mail:keys.forward", run: () => answer("forward") },
    { keys: "n", labelId: "mail:keys.nextMessage", run: () => scrollBy(scroller.current, 1) },
    { keys: "p", labelId: "mail:keys.previousMessage", run: () => scrollBy(scroller.current, -1) },
  ]);

  if (error && !data) {
    return (
      <EmptyState
        icon={IconAlertTriangle}
        title={t("reading.failed")}
        text={explain(error)}
        action={<Button onClick={() => void refetch()}>{t("list.retry")}</Button>}
      />
    );
  }
  if (data === null || (data && emails.length === 0)) {
    return (
      <EmptyState
        icon={IconMailOff}
        title={t("reading.goneTitle")}
        text={t("reading.goneText")}
        action={
          <Button variant="default" onClick={() => go({ threadId: null, replace: true })}>
            {t("reading.back")}
          </Button>
        }
      />
    );
  }
  if (isPending || !newest) return <SkeletonRows rows={4} height={96} />;

  const toggle = (id: string) =>
    setOpenIds(() => {
      const next = new Set(open);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const folded = unfolded ? [] : middleFolded(emails, open);
  const subject = emails[0]?.subject || t("list.noSubject");

  return (
    <article className={classes.pane}>
      <ThreadToolbar emails={emails} subject={subject} isPhone={isPhone} />
      <div ref={scroller} className={classes.scroller}>
        <div className={classes.column}>
          <h1 className={classes.subject} dir="auto">
            {subject}
          </h1>
          {emails.map((email) => {
            if (folded.includes(email.id)) {
              if (email.id !== folded[0]) return null;
              return (
                <button key="folded" type="button" className={classes.foldedCount} onClick={() => setUnfolded(true)}>
                  <span>{t("reading.folded", { count: folded.length })}</span>
                </button>
              );
            }
            return (
              <MessageCard
                key={email.id}
                email={email}
                open={open.has(email.id)}
                alone={emails.length === 1}
                onToggle={() => toggle(email.id)}
                onAnswer={(kind) => answer(kind, email.id)}
              />
            );
          })}
          <div className={classes.answers}>
            <Button
              variant="default"
              leftSection={<IconArrowBackUp className={classes.icon} />}
              onClick={() => answer("reply")}
            >
              {t("action.reply")}
            </Button>
            <Button
              variant="default"
              leftSection={<IconArrowBackUpDouble className={classes.icon} />}
              onClick={() => answer("replyAll")}
            >
              {t("action.replyAll")}
            </Button>
            <Button
              variant="default"
              leftSection={<IconArrowForwardUp className={classes.icon} />}
              onClick={() => answer("forward")}
            >
              {t("action.forward")}
            </Button>
          </div>
        </div>
      </div>
    </article>
  );
}

async function beginAnswer(accountId: string, emailId: string, kind: ReplyKind, isPhone: boolean): Promise<void> {
  try {
    const message = await queryClient.ensureQueryData({
      queryKey: mailKeys.message(accountId, emailId),
      queryFn: () => messageGet(accountId, emailId),
    });
    if (!message) return;
    const identities = await loadIdentities(accountId);
    openComposition(await answerComposition(accountId, message, kind, identities), isPhone ? "full" : "floating");
  } catch (error) {
    failed(explain(error));
  }
}

/** Messages in the trash are not shown in a conversation that is looked at elsewhere, unless nothing else is left of it. */
function shownEmails(emails: ListEmail[], trashId: string | null, inTrash: boolean): ListEmail[] {
  if (inTrash || trashId === null) return emails;
  const kept = emails.filter(({ mailboxIds }) => !(mailboxIds[trashId] && Object.keys(mailboxIds).length === 1));
  return kept.length > 0 ? kept : emails;
}

/** In long conversations, the closed messages between the first and the last ones are one line. */
function middleFolded(emails: ListEmail[], open: ReadonlySet<string>): string[] {
  const firstOpen = emails.findIndex(({ id }) => open.has(id));
  const middle = emails.slice(1, Math.max(1, firstOpen - 1)).map(({ id }) => id);
  return middle.length >= 3 ? middle : [];
}

function scrollBy(scroller: HTMLDivElement | null, step: number): void {
  if (!scroller) return;
  const cards = [...scroller.querySelectorAll<HTMLElement>("[data-email]")];
  const top = scroller.getBoundingClientRect().top;
  const at = cards.findLastIndex((card) => card.getBoundingClientRect().top - top <= 24);
  cards[Math.max(0, Math.min(cards.length - 1, at + step))]?.scrollIntoView({ block: "start" });
}
