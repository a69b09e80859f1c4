import { useQueryClient } from "@tanstack/react-query";
import { useStateChange } from "../../../lib/jmap";
import { followCards } from "./cards";
import { contactKeys } from "./keys";
import type { ContactAccount } from "./useAccounts";

/** Keeps what is shown as the server has it. */
export function useContactPush(accounts: ContactAccount[]): void {
  const client = useQueryClient();
  useStateChange(["ContactCard", "AddressBook"], ({ accountId, states }) => {
    for (const { id } of accounts) {
      if (accountId !== null && accountId !== id) continue;
      if (accountId === null || "ContactCard" in states) void followCards(client, id);
      if (accountId === null || "AddressBook" in states)
        void client.invalidateQueries({ queryKey: contactKeys.books(id) });
    }
  });
}
