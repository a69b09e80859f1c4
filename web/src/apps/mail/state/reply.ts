import type { Email, EmailAddress, Identity } from "../../../lib/jmap/types";
import { sameAddress, uniqueAddresses } from "./addresses";

export type ReplyKind = "reply" | "replyAll" | "forward";

/** The parts of a message that a reply or forward is made from. */
export type Answered = Pick<
  Email,
  "from" | "replyTo" | "to" | "cc" | "subject" | "messageId" | "inReplyTo" | "references"
> & {
  mailFollowupTo?: EmailAddress[] | null;
};

export interface Recipients {
  to: EmailAddress[];
  cc: EmailAddress[];
}

/**
 * Whom an answer goes to. A reply goes to Reply-To, else From (RFC 5322 §3.6.2); to all, to Mail-Followup-To when the
 * author set it, else to those and everyone in To and Cc. Own addresses are left out, unless nobody would remain:
 * answering a message one sent oneself continues to the people it was sent to.
 */
export function replyRecipients(message: Answered, kind: ReplyKind, own: string[]): Recipients {
  if (kind === "forward") return { to: [], cc: [] };
  const isOwn = (address: EmailAddress) => own.some((mine) => sameAddress(mine, address.email));
  const others = (list: EmailAddress[] | null | undefined) =>
    uniqueAddresses(list ?? []).filter((address) => !isOwn(address));

  const sentByMe = (message.from ?? []).some(isOwn);
  const authors = message.replyTo?.length ? message.replyTo : (message.from ?? []);
  if (sentByMe && others(authors).length === 0) {
    const to = others(message.to);
    const fallback = to.length > 0 ? to : uniqueAddresses(message.to?.length ? message.to : authors);
    return kind === "replyAll" ? { to: fallback, cc: without(others(message.cc), fallback) } : { to: fallback, cc: [] };
  }

  const to = others(authors).length > 0 ? others(authors) : uniqueAddresses(authors);
  if (kind === "reply") return { to, cc: [] };
  if (message.mailFollowupTo?.length) {
    const followup = others(message.mailFollowupTo);
    if (followup.length > 0) return { to: followup, cc: [] };
  }
  return {
    to: uniqueAddresses([...to, ...others(message.to)]),
    cc: without(others(message.cc), [...to, ...others(message.to)]),
  };
}

function without(list: EmailAddress[], taken: EmailAddress[]): EmailAddress[] {
  return list.filter((address) => !taken.some((other) => sameAddress(other.email, address.email)));
}

const replyPrefix = /^\s*(?:(?:re|rép|rep|aw|sv|antw|odp|ref|r)\s*(?:\[\d+\])?\s*:\s*)+/iu;
const forwardPrefix = /^\s*(?:(?:fwd?|tr|wg|i|rv|enc)\s*(?:\[\d+\])?\s*:\s*)+/iu;

/** `Re: ` once, however many programs and languages wrote their own before. */
export function replySubject(subject: string | null): string {
  return `Re: ${(subject ?? "").replace(replyPrefix, "").trim()}`.trim();
}

/** `Fwd: ` once. */
export function forwardSubject(subject: string | null): string {
  return `Fwd: ${(subject ?? "").replace(forwardPrefix, "").trim()}`.trim();
}

/** The header fields that put an answer in its thread. RFC 5322 §3.6.4. A forward starts no reply but stays related. */
export function threadingHeaders(
  message: Answered,
  kind: ReplyKind,
): { inReplyTo: string[] | null; references: string[] | null } {
  const id = message.messageId?.[0];
  if (!id) return { inReplyTo: null, references: null };
  const before = message.references?.length
    ? message.references
    : message.inReplyTo?.length === 1
      ? message.inReplyTo
      : [];
  const references = [...before.filter((reference) => reference !== id), id];
  // Long threads keep their root and their latest ancestors; header lines of thousands of ids are refused by some servers.
  const kept = references.length > 50 ? [references[0] as string, ...references.slice(-49)] : references;
  return kind === "forward" ? { inReplyTo: null, references: kept } : { inReplyTo: [id], references: kept };
}

/** The identity an answer is sent from: the one the message was addressed to, else the one it was sent from, else the first. */
export function replyIdentity(message: Answered, identities: Identity[]): Identity | undefined {
  const addressed = [...(message.to ?? []), ...(message.cc ?? []), ...(message.from ?? [])];
  for (const address of addressed) {
    const identity = identities.find((candidate) => matchesIdentity(candidate, address.email));
    if (identity) return identity;
  }
  return identities[0];
}

/** RFC 8621 §6: an identity's email may be `*@domain`, good for any local part. */
export function matchesIdentity(identity: Identity, email: string): boolean {
  if (identity.email.startsWith("*@")) return email.toLowerCase().endsWith(identity.email.slice(1).toLowerCase());
  return sameAddress(identity.email, email);
}
