import { call } from "../../../lib/jmap";
import type { GetResponse, Mailbox } from "../../../lib/jmap/types";

/** Every mailbox of an account with its counts. RFC 8621 §2.1. */
export async function mailboxGet(accountId: string): Promise<Mailbox[]> {
  const { list } = await call<GetResponse<Mailbox>>("Mailbox/get", { accountId, ids: null });
  return list;
}
