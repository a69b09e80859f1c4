import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type DragEvent, type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, SkeletonRows } from "../../../../ui";
import { searchSnippets } from "../../api/searchSnippets";
import type { Conversation } from "../../state/conversationList";
import { dragType, endDrag, startDrag } from "../../state/drag";
import { explain } from "../../state/explain";
import { mailKeys } from "../../state/keys";
import { useMailCommands } from "../../state/MailCommands";
import { useMail } from "../../state/MailContext";
import { isSelected, type Selection } from "../../state/selection";
import type { LoadedList } from "../../state/useConversationList";
import classes from "./ConversationList.module.css";
import { ConversationRow, EmptyRow, type RowContext, type RowHandlers } from "./ConversationRow";
import { EmptyList } from "./EmptyList";
import { SwipeRow } from "./SwipeRow";

const rowHeight = 78;
/** Drawn beyond what is in sight, so that scrolling shows no gap; the first drawing does without, and is there sooner. */
const overscan = 8;
const firstOverscan = 1;
const firstLasts = 300;

interface ConversationListProps {
  loaded: LoadedList;
  selection: Selection;
  cursor: string | null;
  onToggle(conversation: Conversation, event: { shiftKey: boolean }): void;
  onOpen(conversation: Conversation): void;
}

/** The conversations of a mailbox or a search, however many: only those in sight are loaded and drawn. */
export function ConversationList({ loaded, selection, cursor, onToggle, onOpen }: ConversationListProps) {
  const { t } = useTranslation("mail");
  const { accountId, mailbox, mailboxes, view, location, actions, own } = useMail();
  const commands = useMailCommands();
  const scroller = useRef<HTMLDivElement>(null);
  const { list, show } = loaded;
  const total = list?.total ?? 0;
  const rows = list?.rows;
  const viewKey = JSON.stringify(mailKeys.list(view));

  const [beyond, setBeyond] = useState(firstOverscan);
  useEffect(() => {
    const later = setTimeout(() => setBeyond(overscan), firstLasts);
    return () => clearTimeout(later);
  }, []);

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: beyond,
    initialRect: { width: 0, height: rowHeight * 12 },
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => show(first, last + 1), [show, first, last]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top.
  useEffect(() => virtual.scrollToOffset(0), [viewKey]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a move of the cursor scrolls, not what arrives.
  useEffect(() => {
    if (cursor === null || !rows) return;
    const index = rows.findIndex((row) => row?.threadId === cursor);
    if (index < 0) return;
    virtual.scrollToIndex(index, { align: "auto" });
    // The row may be drawn only after the scroll.
    const frame = requestAnimationFrame(() => {
      const active = document.activeElement;
      const elsewhere = active !== null && active !== document.body && !scroller.current?.contains(active);
      if (!elsewhere)
        scroller.current
          ?.querySelector<HTMLElement>(`[data-thread="${CSS.escape(cursor)}"]`)
          ?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [cursor]);

  useKeptPlace(rows, scroller, virtual.scrollOffset ?? 0);

  const shownIds = items.flatMap(({ index }) => rows?.[index]?.id ?? []);
  const snippets = useSnippets(location.search !== null, shownIds);

  const context = useMemo<RowContext>(
    () => ({
      own,
      outgoing: mailbox?.role === "sent" || mailbox?.role === "drafts",
      trashId: mailboxes.roleId("trash"),
      inTrash: mailbox?.role === "trash",
    }),
    [own, mailbox?.role, mailboxes],
  );

  const drag = useCallback(
    (conversation: Conversation, event: DragEvent) => {
      const chosen = isSelected(selection, conversation.threadId)
        ? (rows ?? []).flatMap((row) => (row && isSelected(selection, row.threadId) ? [row] : []))
        : [];
      const conversations = chosen.length > 0 ? chosen : [conversation];
      startDrag({ accountId, conversations });
      event.dataTransfer.setData(dragType, "");
      event.dataTransfer.effectAllowed = "move";
      setDragImage(event, t("list.dragging", { count: conversations.length }));
    },
    [selection, rows, accountId, t],
  );

  const handlers = useMemo<RowHandlers>(
    () => ({
      open: onOpen,
      toggle: onToggle,
      drag,
      dragEnd: endDrag,
      archive: (conversation) => actions.archive({ conversations: [conversation] }),
      remove: (conversation) => actions.remove({ conversations: [conversation] }),
      setSeen: (conversation, seen) => actions.setSeen({ conversations: [conversation] }, seen),
      setFlagged: (conversation, flagged) => actions.setFlagged({ conversations: [conversation] }, flagged),
    }),
    [onOpen, onToggle, drag, actions],
  );

  const arrows = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") commands.next();
    else if (event.key === "ArrowUp") commands.previous();
    else return;
    event.preventDefault();
  };

  if (loaded.error && !list) {
    return (
      <EmptyState
        icon={IconAlertTriangle}
        title={t("list.failed")}
        text={explain(loaded.error)}
        action={<Button onClick={loaded.refetch}>{t("list.retry")}</Button>}
      />
    );
  }
  if (!list) return <SkeletonRows rows={12} height={rowHeight} />;
  if (total === 0) return <EmptyList />;

  const selecting = selection.all || selection.ids.size > 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows go from row to row, whose buttons have the focus
    <div ref={scroller} className={classes.scroller} onKeyDown={arrows}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed one by one */}
      <div role="list" aria-label={t("list.label")} className={classes.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, size }) => {
          const conversation = rows?.[index];
          return (
            <div
              key={conversation?.threadId ?? index}
              className={classes.place}
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              {conversation ? (
                <SwipeRow conversation={conversation}>
                  <ConversationRow
                    conversation={conversation}
                    position={index}
                    total={total}
                    open={location.threadId === conversation.threadId}
                    selected={isSelected(selection, conversation.threadId)}
                    selecting={selecting}
                    cursor={cursor === conversation.threadId && location.threadId !== conversation.threadId}
                    snippet={snippets.get(conversation.id)}
                    context={context}
                    handlers={handlers}
                  />
                </SwipeRow>
              ) : (
                <EmptyRow />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** When rows come or go above what is looked at, the list is scrolled by as much, so that nothing moves under the eye. */
function useKeptPlace(
  rows: (Conversation | undefined)[] | undefined,
  scroller: React.RefObject<HTMLDivElement | null>,
  offset: number,
): void {
  const seen = useRef<{ threadId: string; index: number } | null>(null);
  useEffect(() => {
    const before = seen.current;
    const at = Math.ceil(offset / rowHeight);
    if (before && rows && offset > rowHeight / 2 && rows[before.index]?.threadId !== before.threadId) {
      const index = rows.findIndex((row) => row?.threadId === before.threadId);
      if (index >= 0 && scroller.current) scroller.current.scrollTop += (index - before.index) * rowHeight;
      if (index >= 0) {
        seen.current = { threadId: before.threadId, index };
        return;
      }
    }
    const row = rows?.[at];
    seen.current = row ? { threadId: row.threadId, index: at } : null;
  }, [rows, offset, scroller]);
}

function useSnippets(
  searching: boolean,
  ids: string[],
): Map<string, { subject: string | null; preview: string | null }> {
  const { accountId, view } = useMail();
  const { data } = useQuery({
    queryKey: mailKeys.snippets(accountId, view.filter, ids),
    queryFn: () => searchSnippets(accountId, view.filter, ids),
    enabled: searching && ids.length > 0,
    placeholderData: (before) => before,
    staleTime: 60_000,
    gcTime: 60_000,
  });
  return useMemo(
    () => new Map((searching ? (data ?? []) : []).map((snippet) => [snippet.emailId, snippet])),
    [searching, data],
  );
}

function setDragImage(event: DragEvent, text: string): void {
  const image = document.createElement("div");
  image.className = classes.dragged ?? "";
  image.textContent = text;
  document.body.append(image);
  event.dataTransfer.setDragImage(image, 0, 0);
  requestAnimationFrame(() => image.remove());
}
