import { call, session } from "../../../lib/jmap";
import type { SetError, SetResponse } from "../../../lib/jmap/types";
import type { EmailChanges } from "../state/emailPatch";

/** Takes changes to messages to the server, in as many calls as its limit asks. Gives those refused. RFC 8621 §4.6. */
export async function emailSet(accountId: string, changes: EmailChanges): Promise<Map<string, SetError>> {
  const { maxObjectsInSet } = (await session()).capabilities["urn:ietf:params:jmap:core"];
  const refusals = new Map<string, SetError>();
  const entries = [...changes];
  for (let at = 0; at < entries.length; at += maxObjectsInSet) {
    const part = entries.slice(at, at + maxObjectsInSet);
    const update = Object.fromEntries(part.filter(([, patch]) => patch !== null));
    const destroy = part.filter(([, patch]) => patch === null).map(([id]) => id);
    const response = await call<SetResponse<unknown>>("Email/set", { accountId, update, destroy });
    for (const [id, error] of Object.entries({ ...response.notUpdated, ...response.notDestroyed }))
      refusals.set(id, error);
  }
  // Destroying what is gone is what was wanted.
  for (const [id, error] of refusals) if (error.type === "notFound" && changes.get(id) === null) refusals.delete(id);
  return refusals;
}
