import { useMemo } from "react";
import { useJmapSession } from "../jmap";

export interface CalendarAccount {
  id: string;
  name: string;
  isPrimary: boolean;
  isReadOnly: boolean;
  mayCreateCalendar: boolean;
}

const calendars = "urn:ietf:params:jmap:calendars";

/** The accounts with calendars that the person may see: their own first, then teams' and those of others by name. */
export function useAccounts(): CalendarAccount[] {
  const session = useJmapSession();
  return useMemo(() => {
    const primary = session.primaryAccounts[calendars];
    return Object.entries(session.accounts)
      .filter(([, account]) => calendars in account.accountCapabilities)
      .map(([id, account]) => ({
        id,
        name: account.name,
        isPrimary: id === primary,
        isReadOnly: account.isReadOnly,
        mayCreateCalendar: account.accountCapabilities[calendars]?.["mayCreateCalendar"] === true,
      }))
      .toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || a.name.localeCompare(b.name));
  }, [session]);
}
