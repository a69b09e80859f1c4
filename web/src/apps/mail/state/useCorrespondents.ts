import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { correspondenceHeads } from "../api/correspondents";
import { type Correspondent, rankCorrespondents } from "./correspondents";
import { mailKeys } from "./keys";
import { loadIdentities, loadMailboxes } from "./mailData";

const none: Correspondent[] = [];
const looked = 400;

/** The people of the account's recent mail, to complete what is typed. Asked for once somebody writes or searches. */
export function useCorrespondents(accountId: string, enabled: boolean): Correspondent[] {
  const { data } = useQuery({
    queryKey: mailKeys.correspondents(accountId),
    queryFn: async () => {
      const [mailboxes, identities] = await Promise.all([
        loadMailboxes(accountId),
        loadIdentities(accountId).catch(() => []),
      ]);
      const heads = (mailbox: string | null) =>
        mailbox === null ? Promise.resolve([]) : correspondenceHeads(accountId, { inMailbox: mailbox }, looked);
      const [sent, received] = await Promise.all([heads(mailboxes.roleId("sent")), heads(mailboxes.roleId("inbox"))]);
      return rankCorrespondents(
        sent,
        received,
        identities.map(({ email }) => email),
        Date.now(),
      );
    },
    enabled,
    staleTime: 10 * 60_000,
  });
  return data ?? none;
}

/** For one word typed that recent mail does not know: asks all mail. */
export function useFoundPeople(accountId: string, typed: string, enabled: boolean): Correspondent[] {
  const { data } = useQuery({
    queryKey: [...mailKeys.correspondents(accountId), typed],
    queryFn: async () => {
      const heads = await correspondenceHeads(
        accountId,
        { operator: "OR", conditions: [{ from: typed }, { to: typed }] },
        30,
      );
      return rankCorrespondents(heads, heads, [], Date.now());
    },
    enabled: enabled && typed.length >= 3,
    staleTime: 60_000,
  });
  return useMemo(() => data ?? none, [data]);
}
