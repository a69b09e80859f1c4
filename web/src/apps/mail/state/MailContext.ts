import { createContext, useContext } from "react";
import type { Mailbox } from "../../../lib/jmap/types";
import type { ListView } from "./keys";
import type { MailLocation, Move } from "./location";
import type { Mailboxes } from "./mailboxes";
import type { MailAccount } from "./useAccounts";
import type { MailActions } from "./useMailActions";

/** What every part of the mail screen knows. */
export interface MailContextValue {
  accounts: MailAccount[];
  accountId: string;
  mailboxes: Mailboxes;
  /** The mailbox looked at; undefined in a search over all. */
  mailbox: Mailbox | undefined;
  view: ListView;
  location: MailLocation;
  go(move: Move): void;
  actions: MailActions;
  /** Addresses that are the person's own. */
  own: string[];
}

export const MailContext = createContext<MailContextValue | null>(null);

export function useMail(): MailContextValue {
  const value = useContext(MailContext);
  if (!value) throw new Error("useMail is for what is inside of the mail screen.");
  return value;
}
