import type { QueryClient } from "@tanstack/react-query";
import type { Mailbox, SetError } from "../../../lib/jmap/types";
import { emailSet } from "../api/emailSet";
import { applyChanges, type ConversationList, changedEmails, type RemovedRow, restoreRows } from "./conversationList";
import { type EmailChanges, type EmailPatch, inversePatch, type ListEmail } from "./emailPatch";
import { type ListKey, mailKeys } from "./keys";
import { shiftCounts, type ThreadChange } from "./mailboxCounts";
import { writing } from "./pendingWrites";
import { refreshAccount } from "./refresh";

/** What a change did to the cache: enough to roll it back, or to undo it later. */
export interface AppliedChanges {
  accountId: string;
  changes: EmailChanges;
  inverse: EmailChanges;
  threads: ThreadChange[];
  originals: Map<string, ListEmail>;
  removed: { key: ListKey; rows: RemovedRow[] }[];
}

/** Some messages could not be changed; what was shown for them has been taken back. */
export class ChangeRefused extends Error {
  readonly refusals: ReadonlyMap<string, SetError>;

  constructor(refusals: ReadonlyMap<string, SetError>) {
    super([...refusals.values()][0]?.description ?? "The server refused the change.");
    this.name = "ChangeRefused";
    this.refusals = refusals;
  }
}

type Send = typeof emailSet;

/** What undo needs to know of a message. */
type Place = Pick<ListEmail, "mailboxIds" | "keywords">;

/**
 * Shows changes at once, takes them to the server, and takes back on screen what the server refuses. `unloaded` are
 * messages that no list knows, as they were before.
 */
export async function changeEmails(
  client: QueryClient,
  accountId: string,
  changes: EmailChanges,
  send: Send = emailSet,
  unloaded?: ReadonlyMap<string, Place>,
): Promise<AppliedChanges> {
  return writing(accountId, async () => {
    const applied = await applyToCache(client, accountId, changes, unloaded);
    await deliver(client, applied, changes, send);
    return applied;
  }).finally(() => refreshAccount(client, accountId));
}

/** Undoes a change: the conversations are back where they were at once, and on the server when it agrees. */
export async function undoChanges(client: QueryClient, done: AppliedChanges, send: Send = emailSet): Promise<void> {
  const { accountId, inverse } = done;
  await writing(accountId, async () => {
    restoreEverywhere(client, done, done.changes);
    const applied = await applyToCache(client, accountId, inverse, done.originals);
    await deliver(client, applied, inverse, send);
  }).finally(() => refreshAccount(client, accountId));
}

async function deliver(client: QueryClient, applied: AppliedChanges, changes: EmailChanges, send: Send): Promise<void> {
  let refusals: Map<string, SetError>;
  try {
    refusals = await send(applied.accountId, changes);
  } catch (error) {
    rollBack(client, applied, changes, new Set(changes.keys()));
    throw error;
  }
  if (refusals.size === 0) return;
  rollBack(client, applied, changes, new Set(refusals.keys()));
  throw new ChangeRefused(refusals);
}

async function applyToCache(
  client: QueryClient,
  accountId: string,
  changes: EmailChanges,
  known?: ReadonlyMap<string, Place>,
): Promise<AppliedChanges> {
  await Promise.all([
    client.cancelQueries({ queryKey: mailKeys.mailboxes(accountId) }),
    client.cancelQueries({ queryKey: mailKeys.threads(accountId) }),
  ]);
  const threads = cachedThreads(client, accountId, changes);
  const originals = new Map<string, ListEmail>();
  for (const emails of threads.values())
    for (const email of emails) if (changes.has(email.id)) originals.set(email.id, email);
  const inverse: EmailChanges = new Map();
  for (const [id, patch] of changes) {
    const email = originals.get(id) ?? known?.get(id);
    if (patch) inverse.set(id, email ? inversePatch(email, patch) : flipped(patch));
  }
  const removed: AppliedChanges["removed"] = [];
  for (const [key, list] of cachedLists(client, accountId)) {
    const result = applyChanges(list, key[3], changes);
    if (result.list !== list) client.setQueryData(key, result.list);
    if (result.removed.length > 0) removed.push({ key, rows: result.removed });
  }
  updateThreads(client, accountId, (emails) =>
    emails.some((email) => changes.has(email.id)) ? changedEmails(emails, changes) : emails,
  );
  const counted = [...threads.values()].map((before) => ({ before, after: changedEmails(before, changes) }));
  updateCounts(client, accountId, counted);
  return { accountId, changes, inverse, threads: counted, originals, removed };
}

/** The inverse for a message that is not loaded: whole-mailbox actions only change what has the other value. */
function flipped(patch: EmailPatch): EmailPatch {
  return Object.fromEntries(Object.entries(patch).map(([path, value]) => [path, value === null ? true : null]));
}

function rollBack(client: QueryClient, applied: AppliedChanges, changes: EmailChanges, refused: Set<string>): void {
  const { accountId, originals } = applied;
  const back: EmailChanges = new Map([...applied.inverse].filter(([id]) => refused.has(id)));
  const granted: EmailChanges = new Map([...changes].filter(([id]) => !refused.has(id)));
  const revived = [...originals.values()].filter((email) => refused.has(email.id) && changes.get(email.id) === null);

  for (const [key, list] of cachedLists(client, accountId)) {
    const { list: reverted } = applyChanges(list, { mailboxId: null }, back);
    const rows = reverted.rows.map((row) => row && { ...row, emails: revive(row.emails, row.threadId, revived) });
    client.setQueryData(key, { ...reverted, rows });
  }
  restoreEverywhere(client, applied, granted, refused);
  updateThreads(client, accountId, (emails, threadId) => revive(changedEmails(emails, back), threadId, revived));
  updateCounts(
    client,
    accountId,
    applied.threads.map(({ before, after }) => ({ before: after, after: changedEmails(before, granted) })),
  );
}

/** Puts destroyed messages back in their thread, in order. */
function revive(emails: ListEmail[], threadId: string, revived: ListEmail[]): ListEmail[] {
  const missing = revived.filter((email) => email.threadId === threadId && !emails.some(({ id }) => id === email.id));
  return missing.length === 0
    ? emails
    : [...emails, ...missing].toSorted((a, b) => a.receivedAt.localeCompare(b.receivedAt));
}

function restoreEverywhere(
  client: QueryClient,
  applied: AppliedChanges,
  granted: EmailChanges,
  only?: Set<string>,
): void {
  for (const { key, rows } of applied.removed) {
    const returning = rows.filter(({ row }) => !only || row.emails.some((email) => only.has(email.id)));
    const back = returning.map(({ index, row }, at) => ({
      // Rows above that stay away leave no gap.
      index: index - (rows.filter((other) => other.index < index).length - at),
      row: { ...row, emails: changedEmails(row.emails, granted) },
    }));
    client.setQueryData<ConversationList>(key, (list) => list && restoreRows(list, back));
  }
}

function cachedLists(client: QueryClient, accountId: string): [ListKey, ConversationList][] {
  return client
    .getQueriesData<ConversationList>({ queryKey: mailKeys.lists(accountId) })
    .flatMap(([key, list]) => (list ? [[key as unknown as ListKey, list] as [ListKey, ConversationList]] : []));
}

/** The threads that hold the messages, as the cache has them. */
function cachedThreads(client: QueryClient, accountId: string, changes: EmailChanges): Map<string, ListEmail[]> {
  const threads = new Map<string, ListEmail[]>();
  const add = (threadId: string, emails: ListEmail[]) => {
    if (!threads.has(threadId) && emails.some((email) => changes.has(email.id))) threads.set(threadId, emails);
  };
  for (const [key, emails] of client.getQueriesData<ListEmail[]>({ queryKey: mailKeys.threads(accountId) })) {
    if (emails) add(key[3] as string, emails);
  }
  for (const [, list] of cachedLists(client, accountId))
    for (const row of list.rows) if (row) add(row.threadId, row.emails);
  return threads;
}

function updateThreads(
  client: QueryClient,
  accountId: string,
  update: (emails: ListEmail[], threadId: string) => ListEmail[],
): void {
  for (const [key, emails] of client.getQueriesData<ListEmail[]>({ queryKey: mailKeys.threads(accountId) })) {
    if (emails) client.setQueryData(key, update(emails, key[3] as string));
  }
}

function updateCounts(client: QueryClient, accountId: string, changes: ThreadChange[]): void {
  client.setQueryData<Mailbox[]>(
    mailKeys.mailboxes(accountId),
    (mailboxes) => mailboxes && shiftCounts(mailboxes, changes),
  );
}
