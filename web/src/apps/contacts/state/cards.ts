import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { JmapError } from "../../../lib/jmap";
import type { ContactCard } from "../../../lib/jmap/contacts";
import { addressBookGet } from "../api/addressBookGet";
import { cardChanges } from "../api/cardChanges";
import { cardGet, type ListCard, listProperties } from "../api/cardGet";
import { cardQuery } from "../api/cardQuery";
import { contactKeys } from "./keys";

/**
 * The cards of an account, all of them, with what lists show: an address book is small beside a mailbox, and so the
 * alphabet, the groups and the search for duplicates need not ask. Kept up to date by what changed.
 */
export interface Cards {
  state: string;
  byId: ReadonlyMap<string, ListCard>;
}

export function cardsQuery(accountId: string) {
  return queryOptions({
    queryKey: contactKeys.cards(accountId),
    queryFn: () => loadCards(accountId),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
}

export function booksQuery(accountId: string) {
  return queryOptions({
    queryKey: contactKeys.books(accountId),
    queryFn: () => addressBookGet(accountId),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function cardQueryOptions(accountId: string, id: string) {
  return queryOptions({
    queryKey: contactKeys.card(accountId, id),
    queryFn: async () => (await cardGet<ContactCard>(accountId, [id])).cards[0] ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function loadCards(accountId: string): Promise<Cards> {
  // The state first: what changes while the cards are read is then asked for again.
  const { state } = await cardGet(accountId, []);
  const { cards } = await cardGet<ListCard>(accountId, await cardQuery(accountId, null), listProperties);
  return { state, byId: new Map(cards.map((card) => [card.id, card])) };
}

/** Brings the cards of an account to what the server has now. */
export async function followCards(client: QueryClient, accountId: string): Promise<void> {
  const known = client.getQueryData<Cards>(contactKeys.cards(accountId));
  void client.invalidateQueries({ queryKey: contactKeys.searches(accountId) });
  if (!known) {
    await client.invalidateQueries({ queryKey: contactKeys.cards(accountId) });
    return;
  }
  try {
    const { state, changed, gone } = await cardChanges(accountId, known.state);
    const { cards } =
      changed.length > 0 ? await cardGet<ListCard>(accountId, changed, listProperties) : { cards: [] as ListCard[] };
    client.setQueryData<Cards>(contactKeys.cards(accountId), (now) => {
      if (!now) return now;
      const byId = new Map(now.byId);
      for (const id of gone) byId.delete(id);
      for (const card of cards) byId.set(card.id, card);
      return { state, byId };
    });
    for (const id of changed) void client.invalidateQueries({ queryKey: contactKeys.card(accountId, id) });
    for (const id of gone) client.setQueryData(contactKeys.card(accountId, id), null);
  } catch (error) {
    if (error instanceof JmapError && error.type === "networkError") return;
    // Too old to calculate changes from (RFC 8620 §5.2): all anew.
    await client.invalidateQueries({ queryKey: contactKeys.account(accountId) });
  }
}
