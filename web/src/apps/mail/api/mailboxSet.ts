import { call, throwIfRefused } from "../../../lib/jmap";
import type { SetResponse } from "../../../lib/jmap/types";
import { createdId } from "./createdId";

/** Creates a mailbox and gives its id. RFC 8621 §2.5. */
export async function createMailbox(accountId: string, name: string, parentId: string | null): Promise<string> {
  const response = await call<SetResponse<{ id: string }>>("Mailbox/set", {
    accountId,
    create: { new: { name, parentId, isSubscribed: true } },
  });
  return createdId(response, "new");
}

/** Renames a mailbox or puts it under another. RFC 8621 §2.5. */
export async function updateMailbox(
  accountId: string,
  id: string,
  patch: { name?: string; parentId?: string | null },
): Promise<void> {
  const response = await call<SetResponse<unknown>>("Mailbox/set", { accountId, update: { [id]: patch } });
  throwIfRefused(response, id);
}

/** Removes a mailbox and the messages that are in no other. RFC 8621 §2.5. */
export async function destroyMailbox(accountId: string, id: string): Promise<void> {
  const response = await call<SetResponse<unknown>>("Mailbox/set", {
    accountId,
    destroy: [id],
    onDestroyRemoveEmails: true,
  });
  throwIfRefused(response, id);
}
