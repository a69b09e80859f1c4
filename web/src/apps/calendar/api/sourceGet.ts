import { call } from "../../../lib/jmap";
import type { GetResponse } from "../../../lib/jmap/types";

/** Contents that the server makes by itself, to be the source of a calendar: docs/protocols/calendar.md. */
export interface CalendarSource {
  id: string;
  kind: "holidays" | "birthdays";
  names: { en: string; fr: string };
}

/** Every source that needs no network. */
export async function sourceGet(accountId: string): Promise<CalendarSource[]> {
  return (await call<GetResponse<CalendarSource>>("CalendarSource/get", { accountId, ids: null })).list;
}
