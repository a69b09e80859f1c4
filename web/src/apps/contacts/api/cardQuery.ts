import { call } from "../../../lib/jmap";
import type { ContactFilter } from "../../../lib/jmap/contacts";
import type { QueryResponse } from "../../../lib/jmap/types";

const step = 5000;

/** The ids of every card a filter finds. RFC 9610 §3.3. */
export async function cardQuery(accountId: string, filter: ContactFilter | null): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = await call<QueryResponse>("ContactCard/query", {
      accountId,
      filter,
      position: ids.length,
      limit: step,
    });
    ids.push(...page.ids);
    if (page.ids.length === 0 || page.ids.length < Math.min(step, page.limit ?? step)) return ids;
  }
}
