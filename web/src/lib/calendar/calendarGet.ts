import { call } from "../jmap";
import type { Calendar } from "../jmap/calendars";
import type { GetResponse } from "../jmap/types";

/** Every calendar of an account that the person may see. */
export async function calendarGet(accountId: string): Promise<Calendar[]> {
  const { list } = await call<GetResponse<Calendar>>("Calendar/get", { accountId, ids: null });
  return list.toSorted(
    (a, b) => a.sortOrder - b.sortOrder || Number(b.isDefault) - Number(a.isDefault) || a.name.localeCompare(b.name),
  );
}
