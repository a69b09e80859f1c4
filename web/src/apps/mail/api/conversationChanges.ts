import { call } from "../../../lib/jmap";
import type { Filter, QueryChangesResponse } from "../../../lib/jmap/types";
import { newestFirst } from "./conversationWindow";

/** What moved in a list since a query state. RFC 8621 §4.5. */
export function conversationChanges(
  accountId: string,
  filter: Filter,
  sinceQueryState: string,
): Promise<QueryChangesResponse> {
  return call("Email/queryChanges", {
    accountId,
    filter,
    sort: newestFirst,
    collapseThreads: true,
    sinceQueryState,
    maxChanges: 200,
    calculateTotal: true,
  });
}
