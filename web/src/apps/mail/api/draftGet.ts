import { call } from "../../../lib/jmap";
import type { Email, GetResponse } from "../../../lib/jmap/types";
import { bodyProperties, messageProperties } from "./messageGet";

/** A draft with both its texts as they were written, to go on writing it. Null when it is gone. RFC 8621 §4.2. */
export async function draftGet(accountId: string, id: string): Promise<Email | null> {
  const { list } = await call<GetResponse<Email>>("Email/get", {
    accountId,
    ids: [id],
    properties: messageProperties.filter((property) => property !== "safeHtml"),
    bodyProperties,
    fetchTextBodyValues: true,
    fetchHTMLBodyValues: true,
  });
  return list[0] ?? null;
}
