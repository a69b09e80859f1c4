import type { QueryClient } from "@tanstack/react-query";
import type { Card, ContactCard } from "../../../lib/jmap/contacts";
import type { SetError } from "../../../lib/jmap/types";
import type { ListCard } from "../api/cardGet";
import { type CardPatch, type CardWrites, cardSet } from "../api/cardSet";
import { type Cards, followCards } from "./cards";
import { contactKeys } from "./keys";
import { applyPatch, inverse } from "./patch";

export type NewCard = Card & { addressBookIds: Record<string, boolean> };

/** What is done to cards of one account; those destroyed are given whole, for they are made again by undo. */
export interface Changes {
  create?: NewCard[];
  update?: Map<string, CardPatch>;
  destroy?: ContactCard[];
}

export interface Done {
  accountId: string;
  /** The ids of those created, in their order. */
  created: string[];
  /** What takes it all back. */
  undo: Changes;
}

/** Some cards could not be changed; what was shown for them has been taken back. */
export class ChangeRefused extends Error {
  readonly refusals: ReadonlyMap<string, SetError>;

  constructor(refusals: ReadonlyMap<string, SetError>) {
    super([...refusals.values()][0]?.description ?? "The server refused the change.");
    this.name = "ChangeRefused";
    this.refusals = refusals;
  }
}

type Send = typeof cardSet;

/** Shows changes at once, takes them to the server, and takes back on screen what the server refuses. */
export async function changeCards(
  client: QueryClient,
  accountId: string,
  changes: Changes,
  send: Send = cardSet,
): Promise<Done> {
  const { create = [], update = new Map<string, CardPatch>(), destroy = [] } = changes;
  await client.cancelQueries({ queryKey: contactKeys.cards(accountId) });
  const before = new Map<string, Shown>();
  for (const id of [...update.keys(), ...destroy.map((card) => card.id)]) before.set(id, shown(client, accountId, id));
  for (const [id, patch] of update) show(client, accountId, id, (card) => card && applyPatch(card, patch));
  for (const { id } of destroy) show(client, accountId, id, () => null);

  const writes: CardWrites = {
    create: Object.fromEntries(create.map((card, at) => [`n${at}`, card])),
    update: Object.fromEntries(update),
    destroy: destroy.map((card) => card.id),
  };
  const rollBack = (ids: Iterable<string>) => {
    for (const id of ids) restore(client, accountId, id, before.get(id));
  };
  try {
    const { created, refused } = await send(accountId, writes);
    if (refused.size > 0) {
      rollBack(refused.keys());
      throw new ChangeRefused(refused);
    }
    const ids = create.flatMap((_, at) => created.get(`n${at}`) ?? []);
    return {
      accountId,
      created: ids,
      undo: {
        create: destroy.map(({ id: _, ...card }) => card),
        update: new Map(
          [...update].map(([id, patch]) => [id, inverse(before.get(id)?.detail ?? before.get(id)?.row ?? {}, patch)]),
        ),
        destroy: create.flatMap((card, at) => (ids[at] === undefined ? [] : [{ ...card, id: ids[at] }])),
      },
    };
  } catch (error) {
    if (!(error instanceof ChangeRefused)) rollBack(before.keys());
    throw error;
  } finally {
    await followCards(client, accountId);
  }
}

interface Shown {
  row: ListCard | undefined;
  detail: ContactCard | null | undefined;
}

function shown(client: QueryClient, accountId: string, id: string): Shown {
  return {
    row: client.getQueryData<Cards>(contactKeys.cards(accountId))?.byId.get(id),
    detail: client.getQueryData<ContactCard | null>(contactKeys.card(accountId, id)),
  };
}

function show(
  client: QueryClient,
  accountId: string,
  id: string,
  change: <T extends ListCard>(card: T) => T | null,
): void {
  client.setQueryData<ContactCard | null>(contactKeys.card(accountId, id), (card) => (card ? change(card) : card));
  setRow(client, accountId, id, (row) => (row ? change(row) : null));
}

function restore(client: QueryClient, accountId: string, id: string, was: Shown | undefined): void {
  if (!was) return;
  if (was.detail !== undefined) client.setQueryData(contactKeys.card(accountId, id), was.detail);
  setRow(client, accountId, id, () => was.row ?? null);
}

function setRow(
  client: QueryClient,
  accountId: string,
  id: string,
  change: (row: ListCard | undefined) => ListCard | null,
): void {
  client.setQueryData<Cards>(contactKeys.cards(accountId), (cards) => {
    if (!cards) return cards;
    const byId = new Map(cards.byId);
    const row = change(byId.get(id));
    if (row) byId.set(id, row);
    else byId.delete(id);
    return { ...cards, byId };
  });
}
