import { currentLanguage, t } from "../../../../i18n";
import { download } from "../../../../lib/jmap";
import type { Email, EmailAddress, EmailBodyPart, Identity } from "../../../../lib/jmap/types";
import { formatFull } from "../../../../ui";
import type { Message } from "../../api/messageGet";
import { formatAddress, parseAddresses } from "../addresses";
import { type Attachment, type Composition, newMessageId, type Quote, splitQuote } from "../composition";
import { htmlToText } from "../plainText";
import {
  forwardSubject,
  type ReplyKind,
  replyIdentity,
  replyRecipients,
  replySubject,
  threadingHeaders,
} from "../reply";
import { signatureHtml, signatureText } from "./signature";
import { setInlineUrl } from "./uploads";

/** Begins a new message, perhaps from a mailto: link (RFC 6068). */
export function newComposition(accountId: string, identities: Identity[], mailto?: string): Composition {
  const identity = identities[0];
  const fields = mailto ? parseMailto(mailto) : null;
  const text = fields?.body ?? "";
  return {
    ...blank(accountId, identity),
    to: fields?.to ?? [],
    cc: fields?.cc ?? [],
    bcc: fields?.bcc ?? [],
    subject: fields?.subject ?? "",
    ...bodyOf(text, identity),
  };
}

function blank(accountId: string, identity: Identity | undefined): Composition {
  return {
    key: crypto.randomUUID(),
    accountId,
    identityId: identity?.id ?? "",
    to: [],
    cc: [],
    bcc: [],
    subject: "",
    plain: false,
    html: "",
    text: "",
    quote: null,
    attachments: [],
    inReplyTo: null,
    references: null,
    messageId: newMessageId(identity?.email ?? ""),
    answers: null,
    draftId: null,
  };
}

function bodyOf(text: string, identity: Identity | undefined): Pick<Composition, "html" | "text"> {
  const signature = signatureText(identity);
  const escaped = text
    .split(/\r?\n/)
    .map((line) => `<p>${line.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`)}</p>`)
    .join("");
  return {
    html: `${escaped}${signatureHtml(identity) && `<p></p>${signatureHtml(identity)}`}`,
    text: signature ? `${text}\n\n-- \n${signature}` : text,
  };
}

/** Reads a mailto: link. RFC 6068 §2. Only fields that are safe to fill in are taken (§7). */
export function parseMailto(link: string): {
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  subject: string;
  body: string;
} {
  const [addresses = "", query = ""] = link.replace(/^mailto:/i, "").split("?", 2);
  const fields = new Map<string, string>();
  for (const pair of query.split("&")) {
    const [name = "", value = ""] = pair.split("=", 2);
    const key = name.toLowerCase();
    fields.set(key, [fields.get(key), decoded(value)].filter(Boolean).join(key === "body" ? "\n" : ","));
  }
  const list = (text: string | undefined) => parseAddresses(text ?? "").addresses;
  return {
    to: list([decoded(addresses), fields.get("to")].filter(Boolean).join(",")),
    cc: list(fields.get("cc")),
    bcc: list(fields.get("bcc")),
    subject: fields.get("subject") ?? "",
    body: fields.get("body") ?? "",
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Begins an answer to a message. */
export async function answerComposition(
  accountId: string,
  message: Message,
  kind: ReplyKind,
  identities: Identity[],
): Promise<Composition> {
  const answered = { ...message, mailFollowupTo: message["header:Mail-Followup-To:asAddresses"] };
  const identity = replyIdentity(answered, identities);
  const own = identities.map(({ email }) => email);
  const recipients = replyRecipients(answered, kind, own);
  const quote = quoteOf(message, kind === "forward");
  const inline = (message.attachments ?? []).filter((part) => part.cid && message.safeHtml?.includes(part.cid));
  const kept = kind === "forward" ? (message.attachments ?? []) : inline;
  return {
    ...blank(accountId, identity),
    ...recipients,
    subject: kind === "forward" ? forwardSubject(message.subject) : replySubject(message.subject),
    ...bodyOf("", identity),
    quote,
    attachments: kept.map((part) => attachmentOf(part, inline.includes(part))),
    ...threadingHeaders(answered, kind),
    answers: { emailId: message.id, keyword: kind === "forward" ? "$forwarded" : "$answered" },
  };
}

function attachmentOf(part: EmailBodyPart, inline: boolean): Attachment {
  return {
    key: crypto.randomUUID(),
    name:
      part.name ??
      (part.type === "message/rfc822" ? `${t("mail:attachments.message")}.eml` : t("mail:compose.unnamedFile")),
    type: part.type,
    size: part.size,
    blobId: part.blobId,
    cid: inline ? (part.cid ?? null) : null,
    progress: 1,
    failed: false,
  };
}

function quoteOf(message: Message, forward: boolean): Quote {
  const date = formatFull(message.sentAt ?? message.receivedAt, currentLanguage());
  const from = (message.from ?? []).map(formatAddress).join(", ");
  const list = (addresses: EmailAddress[] | null) => (addresses ?? []).map(formatAddress).join(", ");
  const lines = [
    `---------- ${t("mail:quote.forwarded")} ----------`,
    `${t("mail:headers.from")}: ${from}`,
    `${t("mail:headers.date")}: ${date}`,
    `${t("mail:headers.subject")}: ${message.subject ?? ""}`,
    `${t("mail:headers.to")}: ${list(message.to)}`,
    ...(message.cc?.length ? [`${t("mail:headers.cc")}: ${list(message.cc)}`] : []),
  ];
  const text = bodyText(message);
  return {
    intro: forward ? lines.join("\n") : t("mail:quote.wrote", { date, from }),
    html: message.safeHtml ? sendableHtml(message.safeHtml) : "",
    text: text || (message.safeHtml ? htmlToText(message.safeHtml) : ""),
    forward,
  };
}

/** The plain text of a message, its parts one after another. */
export function bodyText(message: Pick<Email, "textBody" | "bodyValues">): string {
  return (message.textBody ?? [])
    .filter((part) => part.type === "text/plain")
    .map((part) => message.bodyValues?.[part.partId ?? ""]?.value ?? "")
    .join("\n");
}

/** What was moved away to be shown safely is put back to be sent on: the recipient's program decides for itself. */
export function sendableHtml(safeHtml: string): string {
  const document = new DOMParser().parseFromString(safeHtml, "text/html");
  for (const image of document.querySelectorAll("img")) {
    const { cid, remoteSrc } = image.dataset;
    if (cid) image.setAttribute("src", `cid:${cid}`);
    else if (remoteSrc) image.setAttribute("src", remoteSrc);
    image.removeAttribute("data-cid");
    image.removeAttribute("data-remote-src");
  }
  return document.body.innerHTML;
}

/** Takes up a draft again. */
export async function draftComposition(accountId: string, draft: Email, identities: Identity[]): Promise<Composition> {
  const identity = replyIdentity({ ...draft, to: [], cc: [] }, identities);
  const htmlPart = (draft.htmlBody ?? []).find((part) => part.type === "text/html");
  const html = htmlPart ? (draft.bodyValues?.[htmlPart.partId ?? ""]?.value ?? "") : null;
  const split = html === null ? null : splitQuote(html, /^(?:fwd?|tr)\s*:/i.test(draft.subject ?? ""));
  const attachments = (draft.attachments ?? []).map((part) =>
    attachmentOf(part, Boolean(part.cid && html?.includes(`cid:${part.cid}`))),
  );
  await Promise.all(
    attachments
      .filter((part) => part.cid !== null && part.blobId !== null && split?.html.includes(`cid:${part.cid}`))
      .map(async (part) =>
        setInlineUrl(part.cid as string, await download(accountId, part.blobId as string, part.type, part.name)),
      ),
  );
  return {
    ...blank(accountId, identity),
    to: draft.to ?? [],
    cc: draft.cc ?? [],
    bcc: (draft.bcc ?? []).filter((address) => !identity?.bcc?.some((always) => always.email === address.email)),
    subject: draft.subject ?? "",
    plain: html === null,
    html: split?.html ?? "",
    text: html === null ? bodyText(draft) : "",
    quote: split?.quote ?? null,
    attachments,
    inReplyTo: draft.inReplyTo ?? null,
    references: draft.references ?? null,
    messageId: draft.messageId?.[0] ?? newMessageId(identity?.email ?? ""),
    draftId: draft.id,
  };
}
