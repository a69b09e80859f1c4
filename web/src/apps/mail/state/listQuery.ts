import { queryOptions } from "@tanstack/react-query";
import { queryClient } from "../../../lib/queryClient";
import { conversationWindow } from "../api/conversationWindow";
import { type ConversationList, emptyList, mergeWindow } from "./conversationList";
import { type ListView, mailKeys } from "./keys";
import { readSettled } from "./pendingWrites";

export const windowSize = 50;

/** The beginning of a list, merged with what is known of it. */
export function listQuery(view: ListView) {
  const { accountId, filter } = view;
  const queryKey = mailKeys.list(view);
  return queryOptions({
    queryKey,
    queryFn: async () => {
      const first = await readSettled(accountId, () => conversationWindow(accountId, filter, 0, windowSize));
      const before = queryClient.getQueryData<ConversationList>(queryKey);
      return mergeWindow(before ?? emptyList, first);
    },
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
}
