import { primaryAccount, ref, request, result } from "../../../lib/jmap";
import type { GetResponse } from "../../../lib/jmap/types";

/** A room, or a thing that people book (RFC 9670 §2). */
export interface Room {
  id: string;
  type: "location" | "resource";
  name: string;
  email: string | null;
  /** Where it is, and for how many. */
  description: string | null;
}

/** Every room and thing of the workplace, by name. */
export async function roomsGet(): Promise<Room[]> {
  const accountId = await primaryAccount("urn:ietf:params:jmap:principals");
  const filter = { operator: "OR", conditions: [{ type: "location" }, { type: "resource" }] };
  const answers = await request([
    ["Principal/query", { accountId, filter, sort: [{ property: "name" }], limit: 200 }, "q"],
    [
      "Principal/get",
      {
        accountId,
        "#ids": ref("q", "Principal/query", "/ids"),
        properties: ["type", "name", "email", "description"],
      },
      "p",
    ],
  ]);
  return result<GetResponse<Room>>(answers, "p").list.toSorted((a, b) => a.name.localeCompare(b.name));
}
