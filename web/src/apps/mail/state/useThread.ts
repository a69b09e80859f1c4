import { useQuery } from "@tanstack/react-query";
import { queryClient } from "../../../lib/queryClient";
import { messageGet } from "../api/messageGet";
import { threadGet } from "../api/threadGet";
import type { ConversationList } from "./conversationList";
import type { ListEmail } from "./emailPatch";
import { mailKeys } from "./keys";
import { readSettled } from "./pendingWrites";

/** The messages of a thread, at first as the list knows them. Null when there is no such thread. */
export function useThread(accountId: string, threadId: string) {
  return useQuery({
    queryKey: mailKeys.thread(accountId, threadId),
    queryFn: () => readSettled(accountId, () => threadGet(accountId, threadId)),
    placeholderData: () => fromLists(accountId, threadId),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function fromLists(accountId: string, threadId: string): ListEmail[] | undefined {
  for (const [, list] of queryClient.getQueriesData<ConversationList>({ queryKey: mailKeys.lists(accountId) })) {
    const row = list?.rows.find((each) => each?.threadId === threadId);
    if (row) return row.emails;
  }
  return undefined;
}

function messageQuery(accountId: string, emailId: string) {
  return {
    queryKey: mailKeys.message(accountId, emailId),
    queryFn: () => messageGet(accountId, emailId),
    // A message never changes; its marks are read from the thread.
    staleTime: Number.POSITIVE_INFINITY,
  };
}

/** One message whole. */
export function useMessage(accountId: string, emailId: string, enabled = true) {
  return useQuery({ ...messageQuery(accountId, emailId), enabled });
}

/** Fetches a message that is likely to be opened next, so that it opens at once. */
export function prefetchMessage(accountId: string, emailId: string): void {
  void queryClient.prefetchQuery(messageQuery(accountId, emailId));
}
