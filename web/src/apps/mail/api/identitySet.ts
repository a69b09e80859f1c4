import { call, throwIfRefused } from "../../../lib/jmap";
import type { Identity, SetResponse } from "../../../lib/jmap/types";
import { createdId } from "./createdId";

export type IdentityValues = Pick<Identity, "name" | "replyTo" | "bcc" | "textSignature" | "htmlSignature">;

/** Changes an identity. RFC 8621 §6.3. */
export async function updateIdentity(accountId: string, id: string, values: Partial<IdentityValues>): Promise<void> {
  const response = await call<SetResponse<unknown>>("Identity/set", { accountId, update: { [id]: values } });
  throwIfRefused(response, id);
}

/** Adds an identity for an address the person may send from, and gives its id. */
export async function createIdentity(accountId: string, values: IdentityValues & { email: string }): Promise<string> {
  const response = await call<SetResponse<{ id: string }>>("Identity/set", { accountId, create: { new: values } });
  return createdId(response, "new");
}

/** Removes an identity. */
export async function destroyIdentity(accountId: string, id: string): Promise<void> {
  const response = await call<SetResponse<unknown>>("Identity/set", { accountId, destroy: [id] });
  throwIfRefused(response, id);
}
