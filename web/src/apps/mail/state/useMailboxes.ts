import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { mailboxGet } from "../api/mailboxGet";
import { mailKeys } from "./keys";
import { Mailboxes } from "./mailboxes";
import { readSettled } from "./pendingWrites";

/** The mailboxes of an account, kept up to date by push. */
export function useMailboxes(accountId: string): {
  mailboxes: Mailboxes;
  isPending: boolean;
  error: unknown;
  refetch(): void;
} {
  const { data, isPending, error, refetch } = useQuery({
    queryKey: mailKeys.mailboxes(accountId),
    queryFn: () => readSettled(accountId, () => mailboxGet(accountId)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const mailboxes = useMemo(() => new Mailboxes(data ?? []), [data]);
  return { mailboxes, isPending, error, refetch: () => void refetch() };
}
