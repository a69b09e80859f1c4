import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { calendarKeys } from "../../../lib/calendar/keys";
import { minute } from "../../../lib/calendar/time";
import { useJmapSession } from "../../../lib/jmap";
import { recipientSuggest, recipientsCapability, type SuggestedRecipient } from "../../../lib/jmap/recipientSuggest";

const noOne: SuggestedRecipient[] = [];

/** Who may be meant by what is typed, the likeliest first: contacts, groups, the directory, people written to. */
export function useSuggestedPeople(typed: string, most: number): SuggestedRecipient[] {
  const { accounts, primaryAccounts } = useJmapSession();
  const accountId = primaryAccounts[recipientsCapability] ?? "";
  const [asked] = useDebouncedValue(typed, 100);
  const enabled = asked !== "" && recipientsCapability in (accounts[accountId]?.accountCapabilities ?? {});
  const { data } = useQuery({
    queryKey: calendarKeys.people(accountId, asked, most),
    queryFn: () => recipientSuggest(accountId, asked, most),
    staleTime: minute,
    enabled,
    placeholderData: keepPreviousData,
  });
  return (enabled && typed !== "" && data) || noOne;
}
