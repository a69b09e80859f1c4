import { useMemo } from "react";
import { useJmapSession } from "../../../lib/jmap";

export interface MailAccount {
  id: string;
  name: string;
  isPrimary: boolean;
  isReadOnly: boolean;
}

const mail = "urn:ietf:params:jmap:mail";

/** The accounts with mail that the person may see: their own first, then those of teams and shared ones by name. */
export function useAccounts(): MailAccount[] {
  const session = useJmapSession();
  return useMemo(() => {
    const primary = session.primaryAccounts[mail];
    return Object.entries(session.accounts)
      .filter(([, account]) => mail in account.accountCapabilities)
      .map(([id, account]) => ({ id, name: account.name, isPrimary: id === primary, isReadOnly: account.isReadOnly }))
      .toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || a.name.localeCompare(b.name));
  }, [session]);
}
