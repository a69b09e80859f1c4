import type { Mailbox } from "../../../lib/jmap/types";
import type { ListEmail } from "./emailPatch";

/** The messages of one thread before and after a change. */
export interface ThreadChange {
  before: ListEmail[];
  after: ListEmail[];
}

/** The counts of mailboxes moved by what the changes do, by the rules of RFC 8621 §2 for unread threads. */
export function shiftCounts(mailboxes: Mailbox[], threads: ThreadChange[]): Mailbox[] {
  const trash = mailboxes.find((mailbox) => mailbox.role === "trash")?.id ?? null;
  return mailboxes.map((mailbox) => {
    let { totalEmails, unreadEmails, totalThreads, unreadThreads } = mailbox;
    for (const { before, after } of threads) {
      const was = countThread(before, mailbox.id, trash);
      const is = countThread(after, mailbox.id, trash);
      totalEmails += is.total - was.total;
      unreadEmails += is.unread - was.unread;
      totalThreads += is.threads - was.threads;
      unreadThreads += is.unreadThreads - was.unreadThreads;
    }
    const same =
      totalEmails === mailbox.totalEmails &&
      unreadEmails === mailbox.unreadEmails &&
      unreadThreads === mailbox.unreadThreads;
    if (same && totalThreads === mailbox.totalThreads) return mailbox;
    return {
      ...mailbox,
      totalEmails: Math.max(0, totalEmails),
      unreadEmails: Math.max(0, unreadEmails),
      totalThreads: Math.max(0, totalThreads),
      unreadThreads: Math.max(0, unreadThreads),
    };
  });
}

function countThread(emails: ListEmail[], mailboxId: string, trash: string | null) {
  const inside = emails.filter((email) => email.mailboxIds[mailboxId]);
  const unread = inside.filter(isUnread).length;
  const counted = emails.filter((email) => {
    const trashed = trash !== null && email.mailboxIds[trash] === true && Object.keys(email.mailboxIds).length === 1;
    return mailboxId === trash ? email.mailboxIds[mailboxId] : !trashed;
  });
  return {
    total: inside.length,
    unread,
    threads: inside.length > 0 ? 1 : 0,
    unreadThreads: inside.length > 0 && counted.some(isUnread) ? 1 : 0,
  };
}

/** Unread as people mean it: neither seen nor a draft. RFC 8621 §2. */
export function isUnread(email: Pick<ListEmail, "keywords">): boolean {
  return !email.keywords.$seen && !email.keywords.$draft;
}
