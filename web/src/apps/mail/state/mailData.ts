import type { Identity } from "../../../lib/jmap/types";
import { queryClient } from "../../../lib/queryClient";
import { identityGet } from "../api/identityGet";
import { mailboxGet } from "../api/mailboxGet";
import { mailKeys } from "./keys";
import { Mailboxes } from "./mailboxes";

/** Server data for what runs outside of React (saving drafts, sending): from the query cache, or fetched into it. */
export async function loadMailboxes(accountId: string): Promise<Mailboxes> {
  const mailboxes = await queryClient.ensureQueryData({
    queryKey: mailKeys.mailboxes(accountId),
    queryFn: () => mailboxGet(accountId),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return new Mailboxes(mailboxes);
}

export function loadIdentities(accountId: string): Promise<Identity[]> {
  return queryClient.ensureQueryData({
    queryKey: mailKeys.identities(accountId),
    queryFn: () => identityGet(accountId),
    staleTime: 5 * 60_000,
  });
}
