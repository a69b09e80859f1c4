import { call, JmapError, request, result, session } from "../../../lib/jmap";
import type { Comparator, Filter, GetResponse, Invocation, QueryResponse, Thread } from "../../../lib/jmap/types";
import type { LoadedWindow } from "../state/conversationList";
import type { ListEmail } from "../state/emailPatch";

export const listProperties = [
  "id",
  "blobId",
  "threadId",
  "mailboxIds",
  "keywords",
  "from",
  "to",
  "subject",
  "receivedAt",
  "preview",
  "hasAttachment",
  "size",
] as const;

export const newestFirst: Comparator[] = [{ property: "receivedAt", isAscending: false }];

/**
 * One window of a list in one request: the conversations at a position, their threads, and what rows show of every
 * message in them. RFC 8621 §4.4, with back-references of RFC 8620 §3.7.
 */
export async function conversationWindow(
  accountId: string,
  filter: Filter,
  position: number,
  limit: number,
): Promise<LoadedWindow> {
  const calls: Invocation[] = [
    [
      "Email/query",
      { accountId, filter, sort: newestFirst, collapseThreads: true, position, limit, calculateTotal: true },
      "q",
    ],
    [
      "Email/get",
      { accountId, "#ids": { resultOf: "q", name: "Email/query", path: "/ids" }, properties: ["threadId"] },
      "m",
    ],
    ["Thread/get", { accountId, "#ids": { resultOf: "m", name: "Email/get", path: "/list/*/threadId" } }, "t"],
    [
      "Email/get",
      {
        accountId,
        "#ids": { resultOf: "t", name: "Thread/get", path: "/list/*/emailIds" },
        properties: listProperties,
      },
      "e",
    ],
  ];
  const answers = await request(calls);
  const query = result<QueryResponse>(answers, "q");
  const matched = result<GetResponse<Pick<ListEmail, "id" | "threadId">>>(answers, "m");
  const threads = new Map(result<GetResponse<Thread>>(answers, "t").list.map((thread) => [thread.id, thread.emailIds]));
  const emails = await messagesOf(accountId, answers, [...threads.values()].flat());
  const threadOf = new Map(matched.list.map((email) => [email.id, email.threadId]));

  const rows = query.ids.flatMap((id) => {
    const threadId = threadOf.get(id);
    if (threadId === undefined) return [];
    const inThread = (threads.get(threadId) ?? [id]).flatMap((emailId) => emails.get(emailId) ?? []);
    return [{ id, threadId, emails: inThread }];
  });
  return {
    position: query.position,
    total: query.total ?? query.position + rows.length,
    queryState: query.queryState,
    rows,
  };
}

/** The messages of the window's threads; asked for in parts where they are more than the server gives at once. */
async function messagesOf(accountId: string, answers: Invocation[], ids: string[]): Promise<Map<string, ListEmail>> {
  const list: ListEmail[] = [];
  try {
    list.push(...result<GetResponse<ListEmail>>(answers, "e").list);
  } catch (error) {
    if (!(error instanceof JmapError && error.type === "requestTooLarge")) throw error;
    const { maxObjectsInGet } = (await session()).capabilities["urn:ietf:params:jmap:core"];
    for (let at = 0; at < ids.length; at += maxObjectsInGet) {
      const part = ids.slice(at, at + maxObjectsInGet);
      const { list: more } = await call<GetResponse<ListEmail>>("Email/get", {
        accountId,
        ids: part,
        properties: listProperties,
      });
      list.push(...more);
    }
  }
  return new Map(list.map((email) => [email.id, email]));
}
