import { ref, request, result } from "../../../lib/jmap";
import type { CalendarEvent } from "../../../lib/jmap/calendars";
import type { GetResponse } from "../../../lib/jmap/types";

/** Events yet to be that an address is invited to, series whole: whoever asks looks which are not answered. */
export async function invitationsGet(
  accountId: string,
  address: string,
  after: string,
  before: string,
): Promise<CalendarEvent[]> {
  const answers = await request([
    [
      "CalendarEvent/query",
      { accountId, filter: { attendee: address, after, before }, sort: [{ property: "start" }], limit: 200 },
      "q",
    ],
    ["CalendarEvent/get", { accountId, "#ids": ref("q", "CalendarEvent/query", "/ids") }, "e"],
  ]);
  return result<GetResponse<CalendarEvent>>(answers, "e").list;
}
