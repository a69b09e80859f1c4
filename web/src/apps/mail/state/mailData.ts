import { queryOptions } from "@tanstack/react-query";
import { recipientSuggest } from "../../../lib/jmap/recipientSuggest";
import type { Identity } from "../../../lib/jmap/types";
import { queryClient } from "../../../lib/queryClient";
import { correspondenceHeads } from "../api/correspondents";
import { identityGet } from "../api/identityGet";
import { mailboxGet } from "../api/mailboxGet";
import { type Correspondent, rankCorrespondents } from "./correspondents";
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

const looked = 400;

export function correspondentsQuery(accountId: string) {
  return queryOptions({
    queryKey: mailKeys.correspondents(accountId),
    queryFn: async () => {
      const [mailboxes, identities] = await Promise.all([
        loadMailboxes(accountId),
        loadIdentities(accountId).catch(() => []),
      ]);
      const heads = (mailbox: string | null) =>
        mailbox === null ? Promise.resolve([]) : correspondenceHeads(accountId, { inMailbox: mailbox }, looked);
      const [sent, received] = await Promise.all([heads(mailboxes.roleId("sent")), heads(mailboxes.roleId("inbox"))]);
      const own = identities.map(({ email }) => email);
      return rankCorrespondents(sent, received, own, Date.now());
    },
    staleTime: 10 * 60_000,
  });
}

export function foundPeopleQuery(accountId: string, typed: string) {
  return queryOptions({
    queryKey: [...mailKeys.correspondents(accountId), typed],
    queryFn: async () => {
      const conditions = [{ from: typed }, { to: typed }];
      const heads = await correspondenceHeads(accountId, { operator: "OR", conditions }, 30);
      return rankCorrespondents(heads, heads, [], Date.now());
    },
    staleTime: 60_000,
  });
}

export function recipientsQuery(accountId: string, typed: string, most: number) {
  return queryOptions({
    queryKey: mailKeys.recipients(accountId, typed),
    queryFn: () => recipientSuggest(accountId, typed, most),
    staleTime: 60_000,
  });
}

/** The people of the account's recent mail. */
export function loadCorrespondents(accountId: string): Promise<Correspondent[]> {
  return queryClient.fetchQuery(correspondentsQuery(accountId));
}

/** Those of all mail that has what is typed among its senders and recipients. */
export function loadFoundPeople(accountId: string, typed: string): Promise<Correspondent[]> {
  return typed.length < 3 ? Promise.resolve([]) : queryClient.fetchQuery(foundPeopleQuery(accountId, typed));
}
