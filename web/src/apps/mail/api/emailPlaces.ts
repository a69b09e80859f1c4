import { call, session } from "../../../lib/jmap";
import type { GetResponse } from "../../../lib/jmap/types";
import type { ListEmail } from "../state/emailPatch";

/** Where a message is and what is marked on it. */
export type EmailPlace = Pick<ListEmail, "id" | "threadId" | "mailboxIds" | "keywords">;

const properties = ["id", "threadId", "mailboxIds", "keywords"];

/** The places of messages that no list has loaded; asked for in parts where they are more than the server gives at once. */
export async function emailPlaces(accountId: string, ids: string[]): Promise<EmailPlace[]> {
  const { maxObjectsInGet } = (await session()).capabilities["urn:ietf:params:jmap:core"];
  const places: EmailPlace[] = [];
  for (let at = 0; at < ids.length; at += maxObjectsInGet) {
    const part = ids.slice(at, at + maxObjectsInGet);
    const { list } = await call<GetResponse<EmailPlace>>("Email/get", { accountId, ids: part, properties });
    places.push(...list);
  }
  return places;
}
