import { call, ref, request, result } from "../../../lib/jmap";
import type { Email, GetResponse, QueryResponse } from "../../../lib/jmap/types";

const properties = ["id", "threadId", "from", "subject", "preview", "receivedAt", "hasAttachment"] as const;

export type UnreadEmail = Pick<Email, (typeof properties)[number]>;

export interface Unread {
  emails: UnreadEmail[];
  /** Of conversations, in the inbox. */
  total: number;
}

/** The newest conversations of the inbox with something unread, and how many there are. */
export async function unreadGet(accountId: string, limit: number): Promise<Unread> {
  const { ids } = await call<QueryResponse>("Mailbox/query", { accountId, filter: { role: "inbox" } });
  const [inbox] = ids;
  if (inbox === undefined) return { emails: [], total: 0 };
  const answers = await request([
    [
      "Email/query",
      {
        accountId,
        filter: { inMailbox: inbox, notKeyword: "$seen" },
        sort: [{ property: "receivedAt", isAscending: false }],
        collapseThreads: true,
        calculateTotal: true,
        limit,
      },
      "q",
    ],
    ["Email/get", { accountId, "#ids": ref("q", "Email/query", "/ids"), properties }, "e"],
  ]);
  const query = result<QueryResponse>(answers, "q");
  const byId = new Map(result<GetResponse<UnreadEmail>>(answers, "e").list.map((email) => [email.id, email]));
  return { emails: query.ids.flatMap((id) => byId.get(id) ?? []), total: query.total ?? query.ids.length };
}
