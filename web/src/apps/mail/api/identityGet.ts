import { call } from "../../../lib/jmap";
import type { GetResponse, Identity } from "../../../lib/jmap/types";

/** The identities a person may send from. RFC 8621 §6.1. */
export async function identityGet(accountId: string): Promise<Identity[]> {
  const { list } = await call<GetResponse<Identity>>("Identity/get", { accountId, ids: null });
  return list;
}
