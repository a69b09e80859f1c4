import { request, result } from "../../../lib/jmap";
import type { Email, Filter, GetResponse, QueryResponse } from "../../../lib/jmap/types";
import { newestFirst } from "./conversationWindow";

export type Heads = Pick<Email, "from" | "to" | "cc" | "receivedAt">[];

const properties = ["from", "to", "cc", "receivedAt"];

/** The people of the newest messages a filter finds: who was written to in Sent, who wrote in others. */
export async function correspondenceHeads(accountId: string, filter: Filter, limit: number): Promise<Heads> {
  const answers = await request([
    ["Email/query", { accountId, filter, sort: newestFirst, limit }, "q"],
    ["Email/get", { accountId, "#ids": { resultOf: "q", name: "Email/query", path: "/ids" }, properties }, "e"],
  ]);
  result<QueryResponse>(answers, "q");
  return result<GetResponse<Heads[number] & { id: string }>>(answers, "e").list;
}
