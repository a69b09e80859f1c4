import type { EmailAddress } from "../../../lib/jmap/types";
import { displayName, sameAddress, shortName, uniqueAddresses } from "./addresses";
import type { Conversation } from "./conversationList";
import type { ListEmail } from "./emailPatch";
import { isUnread } from "./mailboxCounts";

export interface RowName {
  text: string;
  unread: boolean;
  draft: boolean;
}

/** What a row says of a conversation. */
export interface RowSummary {
  names: RowName[];
  /** Who the picture is of. */
  face: EmailAddress | null;
  subject: string | null;
  preview: string;
  date: string;
  count: number;
  unread: boolean;
  flagged: boolean;
  answered: boolean;
  forwarded: boolean;
  hasAttachment: boolean;
  hasDraft: boolean;
}

interface Words {
  me: string;
  to: string;
  draft: string;
  noSender: string;
}

/**
 * The people of a conversation in the order they came in, those with unread messages marked; where the person's own
 * messages are listed (Sent, Drafts), those it went to. Messages in the trash do not count unless it is the trash.
 */
export function rowSummary(
  row: Conversation,
  options: { own: string[]; outgoing: boolean; trashId: string | null; inTrash: boolean; words: Words },
): RowSummary {
  const { own, outgoing, words } = options;
  const present = options.inTrash ? row.emails : row.emails.filter((email) => !onlyIn(email, options.trashId));
  const emails = present.length > 0 ? present : row.emails;
  const last = emails.find(({ id }) => id === row.id) ?? emails.at(-1);
  const isMe = (address: EmailAddress) => own.some((mine) => sameAddress(mine, address.email));
  const people = outgoing ? recipientNames(emails, words) : senderNames(emails, isMe, words);
  const others = emails.flatMap((email) => email.from ?? []).filter((address) => !isMe(address));
  const face = outgoing ? (last?.to?.[0] ?? null) : (others.at(-1) ?? last?.from?.[0] ?? null);
  return {
    names: people.length > 0 ? people : [{ text: words.noSender, unread: false, draft: false }],
    face,
    subject: emails[0]?.subject ?? null,
    preview: last?.preview ?? "",
    date: last?.receivedAt ?? "",
    count: emails.length,
    unread: emails.some(isUnread),
    flagged: emails.some((email) => email.keywords.$flagged),
    answered: last?.keywords.$answered === true,
    forwarded: last?.keywords.$forwarded === true,
    hasAttachment: emails.some((email) => email.hasAttachment),
    hasDraft: emails.some((email) => email.keywords.$draft),
  };
}

function onlyIn(email: ListEmail, mailboxId: string | null): boolean {
  return mailboxId !== null && email.mailboxIds[mailboxId] === true && Object.keys(email.mailboxIds).length === 1;
}

function senderNames(emails: ListEmail[], isMe: (address: EmailAddress) => boolean, words: Words): RowName[] {
  const written = emails.filter((email) => !email.keywords.$draft);
  const senders = uniqueAddresses(written.flatMap((email) => email.from?.[0] ?? []));
  const names = senders.map((sender) => {
    const unread = written.some(
      (email) => isUnread(email) && email.from?.[0] && sameAddress(email.from[0].email, sender.email),
    );
    const alone = senders.length === 1;
    return { text: isMe(sender) ? words.me : alone ? displayName(sender) : shortName(sender), unread, draft: false };
  });
  return written.length < emails.length ? [...names, { text: words.draft, unread: false, draft: true }] : names;
}

function recipientNames(emails: ListEmail[], words: Words): RowName[] {
  const recipients = uniqueAddresses(emails.flatMap((email) => email.to ?? []));
  return recipients.map((recipient, at) => {
    const name = recipients.length === 1 ? displayName(recipient) : shortName(recipient);
    return { text: at === 0 ? `${words.to} ${name}` : name, unread: false, draft: false };
  });
}
