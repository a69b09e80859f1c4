import { useQuery } from "@tanstack/react-query";
import type { Identity } from "../../../lib/jmap/types";
import { identityGet } from "../api/identityGet";
import { mailKeys } from "./keys";

const none: Identity[] = [];

export function useIdentities(accountId: string): Identity[] {
  const { data } = useQuery({
    queryKey: mailKeys.identities(accountId),
    queryFn: () => identityGet(accountId),
    staleTime: 5 * 60_000,
  });
  return data ?? none;
}
