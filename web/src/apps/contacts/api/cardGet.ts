import { request, result, session } from "../../../lib/jmap";
import type { ContactCard } from "../../../lib/jmap/contacts";
import type { GetResponse, Invocation } from "../../../lib/jmap/types";

/** What the list, the search for duplicates and the members of a group need to know of a card. */
export const listProperties = [
  "id",
  "addressBookIds",
  "uid",
  "kind",
  "members",
  "name",
  "nicknames",
  "organizations",
  "titles",
  "emails",
  "phones",
  "media",
] as const;

/** A card as lists have it. */
export type ListCard = Pick<ContactCard, (typeof listProperties)[number]>;

/** Cards by id, in as many calls as the server's limits ask; those that are gone are left out. RFC 9610 §3.1. */
export async function cardGet<T extends ListCard = ContactCard>(
  accountId: string,
  ids: string[],
  properties?: readonly string[],
): Promise<{ cards: T[]; state: string }> {
  const { maxObjectsInGet, maxCallsInRequest } = (await session()).capabilities["urn:ietf:params:jmap:core"];
  const parts: string[][] = [];
  for (let at = 0; at < ids.length; at += maxObjectsInGet) parts.push(ids.slice(at, at + maxObjectsInGet));
  if (parts.length === 0) parts.push([]);
  const cards: T[] = [];
  let state = "";
  for (let at = 0; at < parts.length; at += maxCallsInRequest) {
    const calls = parts
      .slice(at, at + maxCallsInRequest)
      .map(
        (part, index): Invocation => [
          "ContactCard/get",
          { accountId, ids: part, ...(properties ? { properties } : {}) },
          String(index),
        ],
      );
    const answers = await request(calls);
    for (const [, , id] of calls) {
      const answer = result<GetResponse<T>>(answers, id);
      cards.push(...answer.list);
      // The oldest of them: what changed meanwhile is then asked for once more.
      state ||= answer.state;
    }
  }
  return { cards, state };
}
