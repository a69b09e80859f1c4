import { JmapError, throwIfRefused } from "../../../lib/jmap";
import type { SetResponse } from "../../../lib/jmap/types";

/** The id the server gave to what was created under a creation id; its `SetError` is thrown as `JmapError`. RFC 8620 §5.3. */
export function createdId(response: SetResponse<{ id: string }>, creationId: string): string {
  throwIfRefused(response, creationId);
  const created = response.created?.[creationId];
  if (!created) throw new JmapError("serverFail");
  return created.id;
}
