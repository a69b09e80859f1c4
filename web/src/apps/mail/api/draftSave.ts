import { request, result } from "../../../lib/jmap";
import type { SetResponse } from "../../../lib/jmap/types";
import type { EmailCreate } from "../state/composition";
import type { SavedDraft } from "../state/draftSaver";
import { createdId } from "./createdId";

/**
 * Creates the draft and, when that is done, destroys the one before, in one request. A copy left by a save whose answer
 * was lost is found by its Message-ID and destroyed as well. RFC 8621 §4.6.
 */
export async function draftSave(
  accountId: string,
  draft: EmailCreate,
  previousId: string | null,
  mayHaveCopies: string | null,
): Promise<SavedDraft> {
  const stray = mayHaveCopies === null ? [] : await copies(accountId, draft, mayHaveCopies);
  const destroy = [...new Set([...(previousId ? [previousId] : []), ...stray])];
  const answers = await request([["Email/set", { accountId, create: { draft }, destroy }, "s"]]);
  const response = result<SetResponse<{ id: string }>>(answers, "s");
  const id = createdId(response, "draft");
  const conflict =
    previousId !== null && stray.length === 0 && response.notDestroyed?.[previousId]?.type === "notFound";
  return { id, conflict };
}

async function copies(accountId: string, draft: EmailCreate, draftsId: string): Promise<string[]> {
  const answers = await request([
    [
      "Email/query",
      { accountId, filter: { inMailbox: draftsId, header: ["Message-ID", draft.messageId[0]] }, limit: 10 },
      "q",
    ],
  ]);
  return result<{ ids: string[] }>(answers, "q").ids;
}
