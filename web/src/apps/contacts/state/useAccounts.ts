import { useMemo } from "react";
import { useJmapSession } from "../../../lib/jmap";

export interface ContactAccount {
  id: string;
  name: string;
  isPrimary: boolean;
  isReadOnly: boolean;
}

const contacts = "urn:ietf:params:jmap:contacts";

/** The accounts with contacts that the person may see: their own first, then teams', shared ones and the directory by name. */
export function useAccounts(): ContactAccount[] {
  const session = useJmapSession();
  return useMemo(() => {
    const primary = session.primaryAccounts[contacts];
    return Object.entries(session.accounts)
      .filter(([, account]) => contacts in account.accountCapabilities)
      .map(([id, account]) => ({ id, name: account.name, isPrimary: id === primary, isReadOnly: account.isReadOnly }))
      .toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || a.name.localeCompare(b.name));
  }, [session]);
}
