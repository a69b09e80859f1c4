import type { Conversation } from "./conversationList";
import { type EmailChanges, type EmailPatch, keywordPatch, type ListEmail, movePatch } from "./emailPatch";
import { isUnread } from "./mailboxCounts";
import type { Mailboxes } from "./mailboxes";

/** Which messages of a conversation an action is about: the rules that make acting on conversations predictable. */
type Thread = Pick<Conversation, "emails">;

/** Of a message that is moved only where it is matters. */
type Placed = Pick<ListEmail, "id" | "mailboxIds">;

/**
 * Moving a conversation moves its messages that are in the mailbox looked at. From a search, those that are in a
 * mailbox of received mail: what was sent stays in Sent, drafts stay drafts, and what was thrown away stays there.
 */
export function messagesToMove<T extends Placed>(
  { emails }: { emails: T[] },
  from: string | null,
  mailboxes: Mailboxes,
): T[] {
  if (from !== null) return emails.filter((email) => email.mailboxIds[from]);
  const staying = (["sent", "drafts", "trash", "junk"] as const).flatMap((role) => mailboxes.roleId(role) ?? []);
  const movable = emails.filter((email) => !staying.some((id) => email.mailboxIds[id]));
  return movable.length > 0 ? movable : emails;
}

export function moveChanges(
  threads: { emails: Placed[] }[],
  from: string | null,
  to: string,
  mailboxes: Mailboxes,
  more: EmailPatch = {},
): EmailChanges {
  const changes: EmailChanges = new Map();
  if (from === to) return changes;
  for (const thread of threads) {
    for (const email of messagesToMove(thread, from, mailboxes)) {
      if (from === null && email.mailboxIds[to] && Object.keys(email.mailboxIds).length === 1) continue;
      changes.set(email.id, { ...movePatch(from, to), ...more });
    }
  }
  return changes;
}

export function junkPatch(junk: boolean): EmailPatch {
  return { ...keywordPatch("$junk", junk), ...keywordPatch("$notjunk", !junk) };
}

/** Reading marks every message; unreading only the newest, so that the conversation stands out without losing its place. */
export function seenChanges(threads: Thread[], seen: boolean): EmailChanges {
  const changes: EmailChanges = new Map();
  for (const { emails } of threads) {
    const marked = seen ? emails.filter(isUnread) : emails.filter((email) => !email.keywords.$draft).slice(-1);
    for (const email of marked)
      if (Boolean(email.keywords.$seen) !== seen) changes.set(email.id, keywordPatch("$seen", seen));
  }
  return changes;
}

/** Flagging marks the newest message; unflagging every one. */
export function flagChanges(threads: Thread[], flagged: boolean): EmailChanges {
  const changes: EmailChanges = new Map();
  for (const { emails } of threads) {
    const marked = flagged ? emails.slice(-1) : emails.filter((email) => email.keywords.$flagged);
    for (const email of marked)
      if (Boolean(email.keywords.$flagged) !== flagged) changes.set(email.id, keywordPatch("$flagged", flagged));
  }
  return changes;
}

/** Destroys messages that are in the trash only; one that is elsewhere too just leaves the trash. */
export function destroyChanges(threads: Thread[], trashId: string): EmailChanges {
  const changes: EmailChanges = new Map();
  for (const { emails } of threads) {
    for (const email of emails.filter(({ mailboxIds }) => mailboxIds[trashId])) {
      const elsewhere = Object.keys(email.mailboxIds).length > 1;
      changes.set(email.id, elsewhere ? { [`mailboxIds/${trashId}`]: null } : null);
    }
  }
  return changes;
}
