import { call } from "./request";
import type { EmailAddress } from "./types";

/** The capability of completing recipients: docs/protocols/contacts.md. */
export const recipientsCapability = "urn:bastide:jmap:recipients";

export interface SuggestedRecipient {
  name: string | null;
  /** One address; those of all members for a group. */
  emails: EmailAddress[];
  source: "contact" | "group" | "directory" | "correspondent";
}

/** Who may be meant by what is typed, the likeliest first: from contacts, the directory and those written to. */
export async function recipientSuggest(accountId: string, text: string, limit: number): Promise<SuggestedRecipient[]> {
  const { list } = await call<{ list: SuggestedRecipient[] }>("Recipient/suggest", { accountId, text, limit });
  return list;
}
