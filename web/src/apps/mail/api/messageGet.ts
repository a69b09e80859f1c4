import { call } from "../../../lib/jmap";
import type { Email, EmailAddress, GetResponse } from "../../../lib/jmap/types";

/** The extension's property `safeHtml` and the header fields that the reading pane acts on. */
export type Message = Email & {
  safeHtml: string | null;
  "header:List-Unsubscribe:asURLs": string[] | null;
  "header:Mail-Followup-To:asAddresses": EmailAddress[] | null;
};

export const messageProperties = [
  "id",
  "blobId",
  "threadId",
  "mailboxIds",
  "keywords",
  "size",
  "receivedAt",
  "sentAt",
  "messageId",
  "inReplyTo",
  "references",
  "sender",
  "from",
  "to",
  "cc",
  "bcc",
  "replyTo",
  "subject",
  "preview",
  "hasAttachment",
  "bodyValues",
  "textBody",
  "htmlBody",
  "attachments",
  "safeHtml",
  "header:List-Unsubscribe:asURLs",
  "header:Mail-Followup-To:asAddresses",
];

export const bodyProperties = ["partId", "blobId", "size", "name", "type", "charset", "disposition", "cid"];

/** Plain text longer than this is cut: nobody reads it, and the browser would stall on it. The whole is in "view source". */
const maxBodyValueBytes = 1_000_000;

/** One message whole, to be read. RFC 8621 §4.2. Null when it is gone. */
export async function messageGet(accountId: string, id: string): Promise<Message | null> {
  const { list } = await call<GetResponse<Message>>("Email/get", {
    accountId,
    ids: [id],
    properties: messageProperties,
    bodyProperties,
    fetchTextBodyValues: true,
    maxBodyValueBytes,
  });
  return list[0] ?? null;
}
