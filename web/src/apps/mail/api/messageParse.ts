import { call, JmapError } from "../../../lib/jmap";
import { bodyProperties, type Message, messageProperties } from "./messageGet";

interface ParseResponse {
  parsed: Record<string, Message> | null;
  notParsable: string[] | null;
  notFound: string[] | null;
}

const parsedProperties = messageProperties.filter(
  (property) => !["id", "mailboxIds", "keywords", "threadId", "receivedAt"].includes(property),
);

/** A message that is attached to another, read from its blob. RFC 8621 §4.9. */
export async function messageParse(accountId: string, blobId: string): Promise<Message> {
  const response = await call<ParseResponse>("Email/parse", {
    accountId,
    blobIds: [blobId],
    properties: parsedProperties,
    bodyProperties,
    fetchTextBodyValues: true,
  });
  const message = response.parsed?.[blobId];
  if (!message) throw new JmapError(response.notFound?.length ? "notFound" : "notParsable");
  return { ...message, blobId };
}
