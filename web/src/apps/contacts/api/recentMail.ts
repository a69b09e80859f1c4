import { request, result } from "../../../lib/jmap";
import type { Email, GetResponse } from "../../../lib/jmap/types";

export type RecentEmail = Pick<Email, "id" | "threadId" | "subject" | "preview" | "receivedAt" | "from" | "mailboxIds">;

const properties = ["id", "threadId", "subject", "preview", "receivedAt", "from", "mailboxIds"];

/** The newest conversations with somebody: from or to any of their addresses. RFC 8621 §4.4. */
export async function recentMail(accountId: string, addresses: string[], limit: number): Promise<RecentEmail[]> {
  const conditions = addresses.flatMap((address) => [{ from: address }, { to: address }, { cc: address }]);
  const answers = await request([
    [
      "Email/query",
      {
        accountId,
        filter: { operator: "OR", conditions },
        sort: [{ property: "receivedAt", isAscending: false }],
        collapseThreads: true,
        limit,
      },
      "q",
    ],
    ["Email/get", { accountId, "#ids": { resultOf: "q", name: "Email/query", path: "/ids" }, properties }, "e"],
  ]);
  result(answers, "q");
  return result<GetResponse<RecentEmail>>(answers, "e").list.toSorted((a, b) =>
    b.receivedAt.localeCompare(a.receivedAt),
  );
}
