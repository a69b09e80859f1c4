import { call } from "../jmap";
import type { ParticipantIdentity } from "../jmap/calendars";
import type { GetResponse } from "../jmap/types";

/** As whom the person takes part in events. */
export async function identityGet(accountId: string): Promise<ParticipantIdentity[]> {
  return (await call<GetResponse<ParticipantIdentity>>("ParticipantIdentity/get", { accountId, ids: null })).list;
}
