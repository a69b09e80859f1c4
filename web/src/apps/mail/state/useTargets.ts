import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Conversation, ConversationList } from "./conversationList";
import type { ListEmail } from "./emailPatch";
import { type ListView, mailKeys } from "./keys";
import { isSelected, type Selection, selectedCount } from "./selection";
import type { Targets } from "./useMailActions";

/** What an action is about: the selected conversations, else the open one, else the one under the cursor. */
export function useTargets(
  list: ConversationList | undefined,
  selection: Selection,
  threadId: string | null,
  cursor: string | null,
  view: ListView,
): Targets | null {
  const client = useQueryClient();
  return useMemo(() => {
    const at = threadId ?? cursor;
    const count = selectedCount(selection, list?.total ?? 0);
    if (count === 0 && at === null) return null;
    const rows: Conversation[] = [];
    for (const row of list?.rows ?? []) if (row) rows.push(row);
    if (selection.all && count > 0) return { allBut: selection.ids, total: count, loaded: rows };
    if (count > 0) return { conversations: rows.filter((row) => isSelected(selection, row.threadId)) };
    if (at === null) return null;
    const row = rows.find((each) => each.threadId === at);
    if (row) return { conversations: [row] };
    // Opened by its address, or gone from the list since: what the reading pane loaded is acted on.
    const emails = client.getQueryData<ListEmail[]>(mailKeys.thread(view.accountId, at));
    const last = emails?.at(-1);
    return emails && last ? { conversations: [{ id: last.id, threadId: at, emails, generation: 0 }] } : null;
  }, [list, selection, threadId, cursor, view, client]);
}
