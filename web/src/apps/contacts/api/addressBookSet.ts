import { call, JmapError, throwIfRefused } from "../../../lib/jmap";
import type { SetResponse } from "../../../lib/jmap/types";

/** Creates an address book and gives its id. RFC 9610 §2.3. */
export async function createAddressBook(accountId: string, name: string): Promise<string> {
  const response = await call<SetResponse<{ id: string }>>("AddressBook/set", { accountId, create: { new: { name } } });
  throwIfRefused(response, "new");
  const id = response.created?.["new"]?.id;
  if (id === undefined) throw new JmapError("serverFail");
  return id;
}

/** Renames an address book. RFC 9610 §2.3. */
export async function renameAddressBook(accountId: string, id: string, name: string): Promise<void> {
  const response = await call<SetResponse<unknown>>("AddressBook/set", { accountId, update: { [id]: { name } } });
  throwIfRefused(response, id);
}

/** Removes an address book and the cards that are in no other. RFC 9610 §2.3. */
export async function destroyAddressBook(accountId: string, id: string): Promise<void> {
  const response = await call<SetResponse<unknown>>("AddressBook/set", {
    accountId,
    destroy: [id],
    onDestroyRemoveContents: true,
  });
  throwIfRefused(response, id);
}
