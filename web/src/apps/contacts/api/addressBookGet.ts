import { call } from "../../../lib/jmap";
import type { AddressBook } from "../../../lib/jmap/contacts";
import type { GetResponse } from "../../../lib/jmap/types";

/** Every address book of an account. RFC 9610 §2.1. */
export async function addressBookGet(accountId: string): Promise<AddressBook[]> {
  const { list } = await call<GetResponse<AddressBook>>("AddressBook/get", { accountId, ids: null });
  return list.toSorted((a, b) => a.sortOrder - b.sortOrder || a.name.localeCompare(b.name));
}
