import { call } from "../../../lib/jmap";
import type { ParticipantIdentity } from "../../../lib/jmap/calendars";
import type { GetResponse } from "../../../lib/jmap/types";

/** As whom the person takes part in events. */
export async function identityGet(accountId: string): Promise<ParticipantIdentity[]> {
  return (await call<GetResponse<ParticipantIdentity>>("ParticipantIdentity/get", { accountId, ids: null })).list;
}
