import { JmapError, primaryAccount, ref, request, result } from "../../../lib/jmap";
import type { BusyPeriod } from "../../../lib/jmap/calendars";

/** What is refused of a single person, who is then somebody whose time is not known. */
const untold = new Set(["invalidResultReference", "notFound", "forbidden", "tooLarge", "unknownMethod"]);

/**
 * When the person of an address is not free between two moments (draft-ietf-jmap-calendars, `Principal/getAvailability`);
 * null where the address is nobody's here, or it is not told.
 */
export async function availabilityGet(address: string, from: number, to: number): Promise<BusyPeriod[] | null> {
  const accountId = await primaryAccount("urn:ietf:params:jmap:principals");
  const answers = await request([
    ["Principal/query", { accountId, filter: { calendarAddress: `mailto:${address}` }, limit: 1 }, "q"],
    [
      "Principal/getAvailability",
      {
        accountId,
        "#id": ref("q", "Principal/query", "/ids/0"),
        utcStart: utc(from),
        utcEnd: utc(to),
        showDetails: true,
        eventProperties: ["uid"],
      },
      "a",
    ],
  ]);
  try {
    return result<{ list: BusyPeriod[] }>(answers, "a").list;
  } catch (error) {
    if (error instanceof JmapError && untold.has(error.type)) return null;
    throw error;
  }
}

function utc(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}
