import { call } from "../../../lib/jmap";

/** Lets blobs of one account be used in another (RFC 8620 §6.3). */
export async function blobCopy(fromAccountId: string, accountId: string, blobIds: string[]): Promise<void> {
  await call("Blob/copy", { fromAccountId, accountId, blobIds });
}
