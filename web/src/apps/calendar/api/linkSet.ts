import { call, JmapError, throwIfRefused } from "../../../lib/jmap";
import type { CalendarLink } from "../../../lib/jmap/calendars";
import type { GetResponse, SetResponse } from "../../../lib/jmap/types";

/** The addresses at which calendars of an account are published, as far as one may know them. */
export async function linksGet(accountId: string): Promise<CalendarLink[]> {
  return (await call<GetResponse<CalendarLink>>("CalendarLink/get", { accountId, ids: null })).list;
}

/** Publishes a calendar at a new address; where one is replaced, that is gone with the same call. */
export async function linkCreate(
  accountId: string,
  calendarId: string,
  detail: CalendarLink["detail"],
  replaced?: string,
): Promise<CalendarLink> {
  const answer = await call<SetResponse<CalendarLink>>("CalendarLink/set", {
    accountId,
    create: { new: { calendarId, detail } },
    ...(replaced !== undefined && { destroy: [replaced] }),
  });
  throwIfRefused(answer, "new");
  const made = answer.created?.["new"];
  if (!made) throw new JmapError("serverFail");
  return { calendarId, detail, name: null, url: null, createdAt: new Date().toISOString(), ...made };
}

/** Nobody reads it at that address any more. */
export async function linkDestroy(accountId: string, id: string): Promise<void> {
  const answer = await call<SetResponse<CalendarLink>>("CalendarLink/set", { accountId, destroy: [id] });
  if (answer.notDestroyed?.[id]?.type !== "notFound") throwIfRefused(answer, id);
}
