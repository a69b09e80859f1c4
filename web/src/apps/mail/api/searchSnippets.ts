import { call } from "../../../lib/jmap";
import type { Filter, SearchSnippet } from "../../../lib/jmap/types";

/** Where the words searched for stand in subjects and texts. RFC 8621 §5.1. */
export async function searchSnippets(accountId: string, filter: Filter, emailIds: string[]): Promise<SearchSnippet[]> {
  if (emailIds.length === 0) return [];
  const { list } = await call<{ list: SearchSnippet[] }>("SearchSnippet/get", { accountId, filter, emailIds });
  return list;
}
