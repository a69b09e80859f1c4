import type { Filter } from "../../../lib/jmap/types";

/** A list as the query cache knows it: `mailboxId` for a mailbox, null for a search. */
export interface ListView {
  accountId: string;
  mailboxId: string | null;
  filter: Filter;
}

export type ListKey = readonly ["mail", string, "list", { mailboxId: string | null; filter: Filter }];

/** Keys of the query cache: everything that belongs to the server is under `["mail", accountId, type]`. */
export const mailKeys = {
  account: (accountId: string) => ["mail", accountId] as const,
  mailboxes: (accountId: string) => ["mail", accountId, "mailboxes"] as const,
  lists: (accountId: string) => ["mail", accountId, "list"] as const,
  list: ({ accountId, mailboxId, filter }: ListView): ListKey => ["mail", accountId, "list", { mailboxId, filter }],
  threads: (accountId: string) => ["mail", accountId, "thread"] as const,
  thread: (accountId: string, threadId: string) => ["mail", accountId, "thread", threadId] as const,
  message: (accountId: string, emailId: string) => ["mail", accountId, "message", emailId] as const,
  blob: (accountId: string, blobId: string) => ["mail", accountId, "blob", blobId] as const,
  snippets: (accountId: string, filter: Filter, emailIds: string[]) =>
    ["mail", accountId, "snippets", filter, emailIds] as const,
  identities: (accountId: string) => ["mail", accountId, "identities"] as const,
  vacation: (accountId: string) => ["mail", accountId, "vacation"] as const,
  recipients: (accountId: string, typed: string) => ["mail", accountId, "recipients", typed] as const,
  correspondents: (accountId: string) => ["mail", accountId, "correspondents"] as const,
};
