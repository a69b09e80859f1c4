import { ActionIcon, Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import {
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconMail,
  IconMenu2,
  IconPencilPlus,
} from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { setBadge, usePageTitle } from "../../../shell";
import { EmptyState, SkeletonRows, useIsPhone } from "../../../ui";
import { FolderPane } from "../components/folders/FolderPane";
import { ConversationList } from "../components/list/ConversationList";
import { ListHeader } from "../components/list/ListHeader";
import { MoveDialog } from "../components/MoveDialog";
import { ReadingPane } from "../components/reading/ReadingPane";
import { SearchBox } from "../components/search/SearchBox";
import { openComposition } from "../state/compose/drafts";
import { resumeDraft } from "../state/compose/resume";
import { newComposition } from "../state/compose/start";
import type { Conversation } from "../state/conversationList";
import { useMailLocation } from "../state/location";
import { MailCommandsContext } from "../state/MailCommands";
import { MailContext } from "../state/MailContext";
import { mailboxLabel } from "../state/mailboxLabel";
import { setPreferences, usePreferences } from "../state/preferences";
import {
  noSelection,
  type Selection,
  selectAll,
  selectedCount,
  selectRange,
  toggle,
  wholeMailbox,
} from "../state/selection";
import type { MailAccount } from "../state/useAccounts";
import { useConversationList } from "../state/useConversationList";
import { useFaviconBadge } from "../state/useFaviconBadge";
import { useIdentities } from "../state/useIdentities";
import { useMailActions } from "../state/useMailActions";
import { useMailboxes } from "../state/useMailboxes";
import { useMailPush } from "../state/useMailPush";
import { useMailShortcuts } from "../state/useMailShortcuts";
import { useMailtoLink } from "../state/useMailtoLink";
import { useTargets } from "../state/useTargets";
import { prefetchMessage } from "../state/useThread";
import { useView } from "../state/useView";
import classes from "./MailScreen.module.css";

interface MailScreenProps {
  accounts: MailAccount[];
  accountId: string;
}

/** Where the folders stand beside the list. */
const wide = "(min-width: 75em)";

/** Folders, conversations and what is read, beside one another where there is room. */
export function MailScreen({ accounts, accountId }: MailScreenProps) {
  const { t } = useTranslation("mail");
  const isPhone = useIsPhone();
  const isWide = useMediaQuery(wide, undefined, { getInitialValueInEffect: false }) ?? true;
  const [location, go] = useMailLocation();
  const { foldersHidden } = usePreferences();
  const { mailboxes, isPending } = useMailboxes(accountId);
  const identities = useIdentities(accountId);
  const view = useView(accountId, location, mailboxes);
  const loaded = useConversationList(view, !isPending);
  const mailbox = mailboxes.fromSegment(location.mailbox);
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [cursor, setCursor] = useState<string | null>(null);
  const [drawer, setDrawer] = useState(false);
  const [moving, setMoving] = useState(false);
  const own = useMemo(() => identities.map(({ email }) => email), [identities]);
  const rows = loaded.list?.rows;
  const total = loaded.list?.total ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is selected belongs to the list it was selected in.
  useEffect(() => {
    setSelection(noSelection);
    setCursor(null);
  }, [view]);

  const { afterMove } = usePreferences();
  const leave = useCallback(
    (threadIds: string[]) => {
      setSelection(noSelection);
      const gone = new Set(threadIds);
      const following = nextStaying(rows ?? [], gone, location.threadId ?? cursor);
      setCursor((at) => (at !== null && gone.has(at) ? following : at));
      if (location.threadId === null || !gone.has(location.threadId)) return;
      go({ threadId: isPhone || afterMove === "list" ? null : following, replace: true });
    },
    [rows, location.threadId, cursor, go, isPhone, afterMove],
  );
  const actions = useMailActions(view, mailboxes, leave);
  const compose = useCallback(
    (mailto?: string) => openComposition(newComposition(accountId, identities, mailto)),
    [accountId, identities],
  );
  const context = useMemo(
    () => ({
      accounts,
      accountId,
      mailboxes,
      mailbox: location.search === null ? mailbox : undefined,
      view,
      location,
      go,
      actions,
      own,
    }),
    [accounts, accountId, mailboxes, mailbox, view, location, go, actions, own],
  );

  const targets = useTargets(loaded.list, selection, location.threadId, cursor, view);
  const step = useCallback(
    (by: number) => {
      const from = location.threadId ?? cursor;
      const index = (rows ?? []).findIndex((row) => row?.threadId === from);
      const to = rows?.[from === null ? 0 : index + by];
      if (!to || (from !== null && index < 0)) return;
      setCursor(to.threadId);
      if (location.threadId !== null) go({ threadId: to.threadId, replace: true });
    },
    [rows, location.threadId, cursor, go],
  );
  const commands = useMemo(
    () => ({
      archive: () => targets && actions.archive(targets),
      remove: () => targets && actions.remove(targets),
      move: () => targets && setMoving(true),
      junk: (junk: boolean) => targets && actions.junk(targets, junk),
      // What stays in the list stays selected, for what is to be done with it next.
      setSeen: (seen: boolean) => targets && actions.setSeen(targets, seen),
      setFlagged: (flagged: boolean) => targets && actions.setFlagged(targets, flagged),
      toggleFlag: () => {
        if (!targets) return;
        const some = "conversations" in targets ? targets.conversations : targets.loaded;
        const all = some.every((each) => each.emails.some((email) => email.keywords.$flagged));
        actions.setFlagged(targets, !all);
      },
      next: () => step(1),
      previous: () => step(-1),
      close: () => (selectedCount(selection, total) > 0 ? setSelection(noSelection) : go({ threadId: null })),
      compose,
    }),
    [targets, actions, step, selection, total, go, compose],
  );

  const open = useCallback(
    (conversation: Conversation) => {
      setCursor(conversation.threadId);
      // A draft that answers nothing has nothing to read: it is opened to be written on.
      if (conversation.emails.every((email) => email.keywords.$draft)) {
        void resumeDraft(accountId, conversation.id, isPhone ? "full" : "floating");
        return;
      }
      go({ threadId: conversation.threadId });
    },
    [go, accountId, isPhone],
  );
  const onToggle = useCallback(
    (conversation: Conversation, { shiftKey }: { shiftKey: boolean }) => {
      setSelection((before) =>
        shiftKey
          ? selectRange(
              before,
              conversation.threadId,
              Array.from(rows ?? [], (row) => row?.threadId),
            )
          : toggle(before, conversation.threadId),
      );
    },
    [rows],
  );

  useMailPush(accounts, own);
  useMailtoLink(accountId, identities);
  useMailShortcuts({
    commands,
    mailboxes,
    mailbox: context.mailbox,
    go,
    openCursor: () => cursor !== null && go({ threadId: cursor }),
    toggleCursor: () => {
      const at = location.threadId ?? cursor;
      if (at !== null) setSelection((before) => toggle(before, at));
    },
    selectAll: () => setSelection(selectAll(Array.from(rows ?? [], (row) => row?.threadId))),
  });

  useEffect(() => {
    const index =
      location.threadId === null ? -1 : (rows ?? []).findIndex((row) => row?.threadId === location.threadId);
    if (index < 0) return;
    for (const row of [rows?.[index + 1], rows?.[index - 1]]) if (row) prefetchMessage(accountId, row.id);
  }, [location.threadId, rows, accountId]);

  const unread = mailboxes.role("inbox")?.unreadThreads ?? 0;
  const title = location.search ?? (mailbox ? mailboxLabel(mailbox, t) : t("title"));
  usePageTitle(unread > 0 ? `(${unread}) ${title}` : title);
  useFaviconBadge(unread);
  useEffect(() => setBadge("mail", unread), [unread]);

  const selectWhere = (which: "read" | "unread" | "flagged") =>
    setSelection(
      selectAll(
        (rows ?? []).flatMap((row) => {
          const is =
            row?.emails.some((email) => (which === "flagged" ? email.keywords.$flagged : !email.keywords.$seen)) ??
            false;
          return row && (which === "read" ? !is : is) ? [row.threadId] : [];
        }),
      ),
    );

  const foldersBeside = isWide && !foldersHidden;
  const reading = location.threadId !== null;
  const unknown = !isPending && !mailbox && location.search === null;

  return (
    <MailContext value={context}>
      <MailCommandsContext value={commands}>
        <div className={classes.screen} data-reading={reading || undefined}>
          {foldersBeside && (
            <div className={classes.folders}>
              <FolderPane onCompose={compose} />
            </div>
          )}
          <section className={classes.list} aria-label={t("list.label")} hidden={isPhone && reading}>
            <div className={classes.search}>
              {isWide ? (
                <ActionIcon
                  size="lg"
                  aria-label={t(foldersHidden ? "folders.show" : "folders.hide")}
                  title={t(foldersHidden ? "folders.show" : "folders.hide")}
                  onClick={() => setPreferences({ foldersHidden: !foldersHidden })}
                >
                  {foldersHidden ? (
                    <IconLayoutSidebarLeftExpand className={classes.icon} />
                  ) : (
                    <IconLayoutSidebarLeftCollapse className={classes.icon} />
                  )}
                </ActionIcon>
              ) : (
                <ActionIcon size="lg" aria-label={t("folders.open")} onClick={() => setDrawer(true)}>
                  <IconMenu2 className={classes.icon} />
                </ActionIcon>
              )}
              <SearchBox />
              {!foldersBeside && !isPhone && (
                <ActionIcon
                  size="lg"
                  variant="filled"
                  color="pine"
                  aria-label={t("compose.new")}
                  title={t("compose.new")}
                  onClick={() => compose()}
                >
                  <IconPencilPlus className={classes.icon} />
                </ActionIcon>
              )}
            </div>
            <ListHeader
              selection={selection}
              total={total}
              selectLoaded={() => setSelection(selectAll(Array.from(rows ?? [], (row) => row?.threadId)))}
              selectEverything={() => setSelection(wholeMailbox)}
              selectWhere={selectWhere}
              clear={() => setSelection(noSelection)}
            />
            <div className={classes.rows}>
              {isPending ? (
                <SkeletonRows rows={12} height={78} />
              ) : unknown ? (
                <EmptyState icon={IconMail} title={t("list.unknownTitle")} text={t("list.unknownText")} />
              ) : (
                <ConversationList
                  loaded={loaded}
                  selection={selection}
                  cursor={cursor}
                  onToggle={onToggle}
                  onOpen={open}
                />
              )}
            </div>
            {isPhone && (
              <ActionIcon
                className={classes.float}
                size="xl"
                radius="xl"
                variant="filled"
                color="pine"
                aria-label={t("compose.new")}
                onClick={() => compose()}
              >
                <IconPencilPlus className={classes.icon} />
              </ActionIcon>
            )}
          </section>
          {(!isPhone || reading) && (
            <section className={classes.reading} aria-label={t("reading.label")}>
              {location.threadId !== null ? (
                <ReadingPane key={location.threadId} threadId={location.threadId} isPhone={isPhone} />
              ) : (
                <EmptyState
                  icon={IconMail}
                  title={
                    selectedCount(selection, total) > 0
                      ? t("select.count", { count: selectedCount(selection, total) })
                      : t("reading.noneTitle")
                  }
                  text={t("reading.noneText")}
                />
              )}
            </section>
          )}
        </div>
        <Drawer.Root opened={drawer && !isWide} onClose={() => setDrawer(false)} size="xs" padding={0}>
          <Drawer.Overlay />
          <Drawer.Content aria-label={t("folders.label")}>
            <Drawer.Body className={classes.drawer ?? ""}>
              <FolderPane onCompose={compose} onGone={() => setDrawer(false)} />
            </Drawer.Body>
          </Drawer.Content>
        </Drawer.Root>
        {moving && targets && (
          <MoveDialog
            title={t("move.title", {
              count: "conversations" in targets ? targets.conversations.length : targets.total,
            })}
            onChoose={(to) => actions.move(targets, to)}
            onClose={() => setMoving(false)}
          />
        )}
      </MailCommandsContext>
    </MailContext>
  );
}

/** The first conversation after (else before) the one at hand that is not about to leave. */
function nextStaying(rows: (Conversation | undefined)[], gone: Set<string>, at: string | null): string | null {
  const index = rows.findIndex((row) => row?.threadId === at);
  if (index < 0) return null;
  for (let i = index + 1; i < rows.length; i++) {
    const row = rows[i];
    if (!row) break;
    if (!gone.has(row.threadId)) return row.threadId;
  }
  for (let i = index - 1; i >= 0; i--) {
    const row = rows[i];
    if (row && !gone.has(row.threadId)) return row.threadId;
  }
  return null;
}
