import { request, result } from "../../../lib/jmap";
import type { GetResponse, Thread } from "../../../lib/jmap/types";
import type { ListEmail } from "../state/emailPatch";
import { listProperties } from "./conversationWindow";

/** The messages of a thread, oldest first, with what their collapsed heads show. RFC 8621 §3.1. Null when it is gone. */
export async function threadGet(accountId: string, threadId: string): Promise<ListEmail[] | null> {
  const answers = await request([
    ["Thread/get", { accountId, ids: [threadId] }, "t"],
    [
      "Email/get",
      {
        accountId,
        "#ids": { resultOf: "t", name: "Thread/get", path: "/list/*/emailIds" },
        properties: listProperties,
      },
      "e",
    ],
  ]);
  const thread = result<GetResponse<Thread>>(answers, "t").list[0];
  if (!thread) return null;
  const emails = new Map(result<GetResponse<ListEmail>>(answers, "e").list.map((email) => [email.id, email]));
  return thread.emailIds.flatMap((id) => emails.get(id) ?? []);
}
