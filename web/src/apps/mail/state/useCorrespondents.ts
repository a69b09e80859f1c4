import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useJmapSession } from "../../../lib/jmap";
import { recipientsCapability, type SuggestedRecipient } from "../../../lib/jmap/recipientSuggest";
import { type Correspondent, fits } from "./correspondents";
import { correspondentsQuery, foundPeopleQuery, recipientsQuery } from "./mailData";

const none: Correspondent[] = [];
const noOne: SuggestedRecipient[] = [];

/** The people of the account's recent mail, to complete what is typed. Asked for once somebody writes or searches. */
export function useCorrespondents(accountId: string, enabled: boolean): Correspondent[] {
  const { data } = useQuery({ ...correspondentsQuery(accountId), enabled });
  return data ?? none;
}

/** For one word typed that recent mail does not know: asks all mail. */
export function useFoundPeople(accountId: string, typed: string, enabled: boolean): Correspondent[] {
  const { data } = useQuery({ ...foundPeopleQuery(accountId, typed), enabled: enabled && typed.length >= 3 });
  return useMemo(() => data ?? none, [data]);
}

/**
 * Who the server thinks may be meant; nobody where it has no contacts, or the account is not one to write from. Until it has
 * answered for what is typed by now, those of its last answer who still fit.
 */
export function useSuggestedRecipients(accountId: string, typed: string, most: number): SuggestedRecipient[] {
  const { accounts } = useJmapSession();
  const [asked] = useDebouncedValue(typed, 100);
  const enabled = asked !== "" && recipientsCapability in (accounts[accountId]?.accountCapabilities ?? {});
  const { data, isPlaceholderData } = useQuery({
    ...recipientsQuery(accountId, asked, most),
    enabled,
    placeholderData: keepPreviousData,
  });
  const isCurrent = asked === typed && !isPlaceholderData;
  return useMemo(() => {
    const found = (enabled && data) || noOne;
    return isCurrent ? found : found.filter(({ name, emails }) => fits(typed, name, emails[0]?.email ?? ""));
  }, [enabled, data, isCurrent, typed]);
}
