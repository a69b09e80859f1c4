import type { EmailAddress, Identity } from "../../../lib/jmap/types";
import { escapeHtml, htmlToText, quoteText, textToHtml } from "./plainText";
import { matchesIdentity } from "./reply";

/** A message being written. Kept as plain data, so that it survives a reload. */
export interface Composition {
  key: string;
  accountId: string;
  identityId: string;
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  subject: string;
  /** Written as plain text only. */
  plain: boolean;
  html: string;
  text: string;
  /** The message answered or forwarded, kept out of the editor so that its form is not lost. */
  quote: Quote | null;
  attachments: Attachment[];
  inReplyTo: string[] | null;
  references: string[] | null;
  messageId: string;
  /** What is marked on the message answered once this one is sent. */
  answers: { emailId: string; keyword: "$answered" | "$forwarded" } | null;
  draftId: string | null;
}

export interface Quote {
  /** The line before it: "On …, Ana wrote:". May have several lines for a forward. */
  intro: string;
  html: string;
  text: string;
  forward: boolean;
}

export interface Attachment {
  key: string;
  name: string;
  type: string;
  size: number;
  /** Null until the upload is done. */
  blobId: string | null;
  /** Content-ID of an image that stands in the text. RFC 2392. */
  cid: string | null;
  /** 0 to 1. */
  progress: number;
  failed: boolean;
}

export const quoteClass = "bastide-quote";

/** The body parts of the message as `Email/set` takes them. RFC 8621 §4.6. */
export interface EmailCreate {
  mailboxIds: Record<string, true>;
  keywords: Record<string, true>;
  from: EmailAddress[];
  replyTo?: EmailAddress[];
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  subject: string;
  messageId: string[];
  inReplyTo?: string[];
  references?: string[];
  bodyValues: Record<string, { value: string }>;
  textBody?: { partId: string; type: string }[];
  htmlBody?: { partId: string; type: string }[];
  attachments?: { blobId: string; type: string; name: string; disposition: "attachment" | "inline"; cid?: string }[];
}

/** The draft as it is created on the server. Attachments still on their way are left for the next save. */
export function toEmailCreate(composition: Composition, identity: Identity, draftsId: string): EmailCreate {
  const html = composition.plain ? null : fullHtml(composition);
  const text = fullText(composition);
  const used = html ?? "";
  const attachments = composition.attachments
    .filter((attachment) => attachment.blobId !== null)
    .filter((attachment) => attachment.cid === null || used.includes(`cid:${attachment.cid}`))
    .map((attachment) => ({
      blobId: attachment.blobId as string,
      type: attachment.type,
      name: attachment.name,
      disposition: attachment.cid === null ? ("attachment" as const) : ("inline" as const),
      ...(attachment.cid === null ? {} : { cid: attachment.cid }),
    }));
  return {
    mailboxIds: { [draftsId]: true },
    keywords: { $draft: true, $seen: true },
    from: [sender(identity, composition)],
    ...(identity.replyTo?.length ? { replyTo: identity.replyTo } : {}),
    to: composition.to,
    cc: composition.cc,
    bcc: uniteBcc(composition.bcc, identity.bcc),
    subject: composition.subject.trim(),
    messageId: [composition.messageId],
    ...(composition.inReplyTo ? { inReplyTo: composition.inReplyTo } : {}),
    ...(composition.references ? { references: composition.references } : {}),
    bodyValues: html === null ? { text: { value: text } } : { text: { value: text }, html: { value: html } },
    textBody: [{ partId: "text", type: "text/plain" }],
    ...(html === null ? {} : { htmlBody: [{ partId: "html", type: "text/html" }] }),
    ...(attachments.length > 0 ? { attachments } : {}),
  };
}

function sender(identity: Identity, composition: Composition): EmailAddress {
  if (!identity.email.startsWith("*@")) return { name: identity.name || null, email: identity.email };
  const addressed = [...composition.to, ...composition.cc].find((address) => matchesIdentity(identity, address.email));
  return { name: identity.name || null, email: addressed?.email ?? identity.email.replace("*", "mail") };
}

function uniteBcc(bcc: EmailAddress[], always: EmailAddress[] | null): EmailAddress[] {
  const more = (always ?? []).filter(
    (address) => !bcc.some((other) => other.email.toLowerCase() === address.email.toLowerCase()),
  );
  return [...bcc, ...more];
}

/** The HTML that is sent: what was written, then the quoted message in a block that other programs fold too. */
export function fullHtml({ html, quote }: Pick<Composition, "html" | "quote">): string {
  if (!quote) return html;
  const intro = `<p>${escapeHtml(quote.intro).replaceAll("\n", "<br>")}</p>`;
  const body = quote.html || textToHtml(quote.text);
  const block = quote.forward ? body : `<blockquote type="cite">${body}</blockquote>`;
  return `${html}<div class="${quoteClass}">${intro}${block}</div>`;
}

export function fullText(composition: Pick<Composition, "html" | "text" | "quote" | "plain">): string {
  const written = composition.plain ? composition.text.trimEnd() : htmlToText(composition.html);
  const { quote } = composition;
  if (!quote) return written;
  const body = quote.text || htmlToText(quote.html);
  return `${written}\n\n${quote.intro}\n${quote.forward ? `\n${body}` : quoteText(body)}`;
}

/** Takes a draft's HTML apart again in what was written and the quoted message. */
export function splitQuote(html: string, forward: boolean): { html: string; quote: Quote | null } {
  const document = new DOMParser().parseFromString(html, "text/html");
  const block = document.body.querySelector(`:scope > .${quoteClass}`);
  if (!block) return { html: document.body.innerHTML, quote: null };
  const intro = block.querySelector(":scope > p");
  const lines = intro ? htmlToText(intro.outerHTML) : "";
  intro?.remove();
  const cited = block.querySelector(":scope > blockquote[type=cite]");
  const body = cited?.innerHTML ?? block.innerHTML;
  block.remove();
  return {
    html: document.body.innerHTML,
    quote: { intro: lines, html: body, text: htmlToText(body), forward: forward && cited === null },
  };
}

/** Whether nothing worth keeping was written, so that closing the window may discard the draft silently. */
export function isUntouched(composition: Composition, signature: string): boolean {
  const words = (text: string) => text.split(/\s+/).filter(Boolean).join(" ");
  const written = words(composition.plain ? composition.text : htmlToText(composition.html));
  const own = written === "" || written === words(signature) || written === words(`-- ${signature}`);
  return (
    own &&
    composition.attachments.every((a) => a.cid !== null || composition.quote?.forward === true) &&
    (composition.answers !== null || noHead(composition))
  );
}

function noHead({ to, cc, bcc, subject }: Composition): boolean {
  return to.length + cc.length + bcc.length === 0 && subject.trim() === "";
}

const attachmentWords =
  /\b(?:attach(?:ed|ment|ments|ing)?|enclosed|i(?:'ve| have) included the file)\b|(?:\bci-joint|\bpi[eè]ces?[ -]jointes?|\ben pi[eè]ce jointe|\bjoins ci-|\bje (?:vous |te )?joins\b|\bci-apr[eè]s joint|\bPJ\b)/iu;

/** Whether the text speaks of an attachment where there is none. Only what the person wrote counts, not what is quoted. */
export function forgotAttachment(composition: Composition): boolean {
  if (composition.attachments.some((attachment) => attachment.cid === null)) return false;
  const written = composition.plain
    ? composition.text
        .split("\n")
        .filter((line) => !line.startsWith(">"))
        .join("\n")
    : htmlToText(composition.html.replace(/<blockquote[\s\S]*<\/blockquote>/gi, ""));
  return attachmentWords.test(`${composition.subject.replace(/^(?:re|fwd?|tr)\s*:.*/i, "")}\n${written}`);
}

/** Octets of the attachments as they count against the server's limit. */
export function attachmentsSize(composition: Pick<Composition, "attachments">): number {
  return composition.attachments.reduce((sum, attachment) => sum + attachment.size, 0);
}

export function recipientsOf(composition: Pick<Composition, "to" | "cc" | "bcc">): EmailAddress[] {
  return [...composition.to, ...composition.cc, ...composition.bcc];
}

/** A Message-ID that names no host of the person's network. RFC 5322 §3.6.4. */
export function newMessageId(address: string): string {
  const domain = address.split("@")[1] || "localhost";
  return `${crypto.randomUUID()}@${domain}`;
}
