import { applyPatch, type EmailChanges, type ListEmail } from "./emailPatch";

/**
 * What the query cache holds of one list: as many rows as the mailbox has conversations, those not yet loaded undefined.
 * The array is never sparse: with holes, engines turn it into a dictionary, and copying 100,000 rows takes 100 times longer.
 * A row older than the list's generation is shown but loaded again once it is seen. All functions give new lists.
 */
export interface Conversation {
  /** The message of the thread that the query gave: the newest that matches. */
  id: string;
  threadId: string;
  /** The messages of the thread, oldest first. */
  emails: ListEmail[];
  generation: number;
}

export interface ConversationList {
  total: number;
  queryState: string;
  generation: number;
  rows: (Conversation | undefined)[];
}

/** What a list shows: a mailbox, or what a search found (in which messages stay whatever mailbox they move to). */
export interface ListScope {
  mailboxId: string | null;
}

export interface LoadedWindow {
  position: number;
  total: number;
  queryState: string;
  rows: Omit<Conversation, "generation">[];
}

export interface RemovedRow {
  index: number;
  row: Conversation;
}

export const emptyList: ConversationList = { total: 0, queryState: "", generation: 0, rows: [] };

/** Puts a loaded window in its place. When the server's state moved on since, every other row is due to be loaded again. */
export function mergeWindow(list: ConversationList, window: LoadedWindow): ConversationList {
  const moved = list.queryState !== "" && window.queryState !== list.queryState;
  const generation = moved ? list.generation + 1 : list.generation;
  const rows = resized(list.rows, window.total);
  const loaded = new Set(window.rows.map((row) => row.threadId));
  // A conversation that moved into this window must not stay where it was as well.
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (row && row.generation < generation && loaded.has(row.threadId)) rows[index] = undefined;
  }
  window.rows.forEach((row, offset) => {
    if (window.position + offset < window.total) rows[window.position + offset] = { ...row, generation };
  });
  return { total: window.total, queryState: window.queryState, generation, rows };
}

function resized(rows: (Conversation | undefined)[], length: number): (Conversation | undefined)[] {
  const copy = rows.slice(0, length);
  while (copy.length < length) copy.push(undefined);
  return copy;
}

/** Whether a row in [from, to) is missing or old. */
export function needsLoading(list: ConversationList, from: number, to: number): boolean {
  for (let index = from; index < Math.min(to, list.total); index++) {
    const row = list.rows[index];
    if (!row || row.generation < list.generation) return true;
  }
  return false;
}

/** Every row is due to be loaded again when seen. */
export function outdate(list: ConversationList): ConversationList {
  return { ...list, generation: list.generation + 1 };
}

/** The answer to `Email/queryChanges` (RFC 8620 §5.6): rows move to where they are now, new ones are left open. */
export function applyQueryChanges(
  list: ConversationList,
  changes: { newQueryState: string; total: number; removed: string[]; added: { id: string; index: number }[] },
): ConversationList {
  const known = new Map<string, Conversation>();
  const gone = new Set(changes.removed);
  let rows = list.rows;
  if (gone.size > 0) {
    rows = [];
    for (const row of list.rows) {
      if (row && gone.has(row.id)) known.set(row.id, row);
      else rows.push(row);
    }
  } else {
    rows = list.rows.slice();
  }
  for (const { id, index } of changes.added.toSorted((a, b) => a.index - b.index)) {
    while (rows.length < index) rows.push(undefined);
    rows.splice(index, 0, known.get(id));
  }
  return {
    total: changes.total,
    queryState: changes.newQueryState,
    generation: list.generation + 1,
    rows: resized(rows, changes.total),
  };
}

/** Shows changes before the server has taken them: marks change in place, conversations that leave the mailbox leave the list. */
export function applyChanges(
  list: ConversationList,
  scope: ListScope,
  changes: EmailChanges,
): { list: ConversationList; removed: RemovedRow[] } {
  const removed: RemovedRow[] = [];
  let rows = list.rows;
  const edit = () => {
    if (rows === list.rows) rows = list.rows.slice();
    return rows;
  };
  for (let index = 0; index < list.rows.length; index++) {
    const row = list.rows[index];
    if (!row?.emails.some((email) => changes.has(email.id))) continue;
    const emails = changedEmails(row.emails, changes);
    if (!belongs(emails, scope)) {
      removed.push({ index, row });
      continue;
    }
    edit()[index] = { ...row, emails };
  }
  if (removed.length > 0) {
    const leaving = new Set(removed.map(({ index }) => index));
    rows = rows.filter((_, index) => !leaving.has(index));
  }
  if (rows === list.rows) return { list, removed };
  return { list: { ...list, rows, total: list.total - removed.length }, removed };
}

export function changedEmails(emails: ListEmail[], changes: EmailChanges): ListEmail[] {
  return emails.flatMap((email) => {
    const patch = changes.get(email.id);
    if (patch === undefined) return [email];
    return patch === null ? [] : [applyPatch(email, patch)];
  });
}

function belongs(emails: ListEmail[], scope: ListScope): boolean {
  if (emails.length === 0) return false;
  const { mailboxId } = scope;
  return mailboxId === null || emails.some((email) => email.mailboxIds[mailboxId]);
}

/** Puts rows back that `applyChanges` took out (the change was refused or undone), where they were or as near as can be. */
export function restoreRows(list: ConversationList, removed: RemovedRow[]): ConversationList {
  const present = new Set(list.rows.flatMap((row) => (row ? [row.threadId] : [])));
  const back = removed.filter(({ row }) => !present.has(row.threadId)).toSorted((a, b) => a.index - b.index);
  if (back.length === 0) return list;
  const rows = list.rows.slice();
  for (const { index, row } of back) {
    while (rows.length < index) rows.push(undefined);
    rows.splice(index, 0, { ...row, generation: list.generation });
  }
  return { ...list, rows, total: list.total + back.length };
}
