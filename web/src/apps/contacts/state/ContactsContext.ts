import { createContext, useContext } from "react";
import type { AddressBook } from "../../../lib/jmap/contacts";
import type { ListCard } from "../api/cardGet";
import type { Directory } from "./listing";
import type { ContactLocation, Move } from "./location";
import type { ContactAccount } from "./useAccounts";
import type { ContactActions } from "./useContactActions";

/** What every part of the screen knows. */
export interface Contacts {
  accounts: ContactAccount[];
  account: ContactAccount;
  books: AddressBook[];
  directory: Directory;
  location: ContactLocation;
  go(move: Move): void;
  actions: ContactActions;
  /** Whether the person may change a card: it is in a book that they may write to. */
  mayWrite(card: Pick<ListCard, "addressBookIds">): boolean;
}

export const ContactsContext = createContext<Contacts | null>(null);

export function useContacts(): Contacts {
  const contacts = useContext(ContactsContext);
  if (!contacts) throw new Error("Outside of the contacts screen.");
  return contacts;
}
