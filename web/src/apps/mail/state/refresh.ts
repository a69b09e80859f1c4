import type { QueryClient } from "@tanstack/react-query";
import { conversationChanges } from "../api/conversationChanges";
import { applyQueryChanges, type ConversationList, outdate } from "./conversationList";
import { type ListKey, mailKeys } from "./keys";
import { readSettled } from "./pendingWrites";

/** Several reasons to refresh within this time are one: our own change, its push, and the push of another type. */
const quiet = 120;

const timers = new WeakMap<QueryClient, Map<string, ReturnType<typeof setTimeout>>>();

/** Brings what is on screen of an account up to date, soon and once; the rest when it is next seen. */
export function refreshAccount(client: QueryClient, accountId: string): void {
  let accounts = timers.get(client);
  if (!accounts) {
    accounts = new Map();
    timers.set(client, accounts);
  }
  if (accounts.has(accountId)) return;
  const pending = accounts;
  pending.set(
    accountId,
    setTimeout(() => {
      pending.delete(accountId);
      void refreshNow(client, accountId);
    }, quiet),
  );
}

async function refreshNow(client: QueryClient, accountId: string): Promise<void> {
  await readSettled(accountId, async () => undefined);
  void client.invalidateQueries({ queryKey: mailKeys.mailboxes(accountId) });
  void client.invalidateQueries({ queryKey: mailKeys.threads(accountId) });
  const lists = client.getQueryCache().findAll({ queryKey: mailKeys.lists(accountId) });
  await Promise.all(
    lists.map(async (query) => {
      const key = query.queryKey as unknown as ListKey;
      if (query.isActive()) await followList(client, key);
      else client.setQueryData<ConversationList>(key, (list) => list && outdate(list));
    }),
  );
}

/** Moves the rows of a list to where the server has them now; what they show is then loaded where it is seen. */
async function followList(client: QueryClient, key: ListKey): Promise<void> {
  const [, accountId, , { filter }] = key;
  const state = client.getQueryData<ConversationList>(key)?.queryState;
  if (!state) {
    await client.invalidateQueries({ queryKey: key });
    return;
  }
  try {
    const changes = await readSettled(accountId, () => conversationChanges(accountId, filter, state));
    client.setQueryData<ConversationList>(key, (list) => {
      if (!list) return list;
      // A window loaded meanwhile may be newer than this answer.
      if (list.queryState !== changes.oldQueryState) return outdate(list);
      return applyQueryChanges(list, { ...changes, total: changes.total ?? list.total });
    });
  } catch {
    // Too old or too many changes to calculate, or no connection: each window is loaded again when seen. RFC 8620 §5.6.
    client.setQueryData<ConversationList>(key, (list) => list && outdate(list));
  }
}
