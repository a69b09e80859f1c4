import { call, JmapError, throwIfRefused } from "../../../lib/jmap";
import type { Calendar } from "../../../lib/jmap/calendars";
import type { SetResponse } from "../../../lib/jmap/types";

type Settable = Partial<
  Pick<Calendar, "name" | "color" | "isVisible" | "description" | "source" | "sourceRefreshedAt">
>;

/** Creates a calendar and gives its id. */
export async function createCalendar(accountId: string, calendar: Settable): Promise<string> {
  const response = await call<SetResponse<{ id: string }>>("Calendar/set", { accountId, create: { new: calendar } });
  throwIfRefused(response, "new");
  const id = response.created?.["new"]?.id;
  if (id === undefined) throw new JmapError("serverFail");
  return id;
}

/** Changes what is named of a calendar. */
export async function updateCalendar(accountId: string, id: string, patch: Settable): Promise<void> {
  const response = await call<SetResponse<unknown>>("Calendar/set", { accountId, update: { [id]: patch } });
  throwIfRefused(response, id);
}

/** Removes a calendar with all that is in it. */
export async function destroyCalendar(accountId: string, id: string): Promise<void> {
  const response = await call<SetResponse<unknown>>("Calendar/set", {
    accountId,
    destroy: [id],
    onDestroyRemoveEvents: true,
  });
  throwIfRefused(response, id);
}
