import { call } from "../../../lib/jmap";
import type { Filter, QueryResponse } from "../../../lib/jmap/types";
import { newestFirst } from "./conversationWindow";

const step = 5000;

/** The ids of every message a filter finds, for actions on a whole mailbox. RFC 8621 §4.4. */
export async function emailIds(accountId: string, filter: Filter): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = await call<QueryResponse>("Email/query", {
      accountId,
      filter,
      sort: newestFirst,
      position: ids.length,
      limit: step,
    });
    ids.push(...page.ids);
    if (page.ids.length === 0 || page.ids.length < Math.min(step, page.limit ?? step)) return ids;
  }
}
