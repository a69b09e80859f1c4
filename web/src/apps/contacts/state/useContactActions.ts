import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ContactCard } from "../../../lib/jmap/contacts";
import { canUndo, forgetUndo } from "../../../lib/lastUndo";
import { failed, undoable } from "../../../ui";
import { cardGet, type ListCard } from "../api/cardGet";
import type { CardPatch } from "../api/cardSet";
import { type Changes, changeCards, type Done, type NewCard } from "./changeCards";
import { explain } from "./explain";
import { displayName } from "./names";
import { escaped } from "./patch";

export interface ContactActions {
  /** Gives the id, or null when it was refused, which has been said. */
  create(card: NewCard): Promise<string | null>;
  update(card: ListCard, patch: CardPatch): Promise<boolean>;
  remove(cards: ListCard[]): Promise<void>;
  addToGroup(group: ListCard, cards: ListCard[]): Promise<void>;
  removeFromGroup(group: ListCard, cards: ListCard[]): Promise<void>;
  /** Any change, with what is said of it and undone by one click. */
  run(changes: Changes, said: string): Promise<Done | null>;
}

/** What a person does with cards: shown at once, undone by one click, explained when refused. */
export function useContactActions(accountId: string, leaving: (ids: string[]) => void): ContactActions {
  const client = useQueryClient();
  const { t } = useTranslation("contacts");

  return useMemo(() => {
    const run = async (changes: Changes, said: string): Promise<Done | null> => {
      const pending = changeCards(client, accountId, changes);
      let closeToast: (() => void) | null = null;
      const undo = canUndo(() => {
        closeToast?.();
        void pending.then((done) => changeCards(client, accountId, done.undo)).catch((error) => failed(explain(error)));
      });
      closeToast = undoable(said, undo);
      try {
        return await pending;
      } catch (error) {
        closeToast();
        forgetUndo(undo);
        failed(explain(error));
        return null;
      }
    };
    const name = (card: Parameters<typeof displayName>[0]) => displayName(card) || t("unnamed");
    const members = (group: ListCard, cards: ListCard[], isMember: boolean): Map<string, CardPatch> => {
      const changed = cards.filter((card) => card.uid && Boolean(group.members?.[card.uid]) !== isMember);
      const uids = changed.flatMap(({ uid }) => uid ?? []);
      const patch: CardPatch = group.members
        ? Object.fromEntries(uids.map((uid) => [`members/${escaped(uid)}`, isMember || null]))
        : { members: Object.fromEntries(uids.map((uid) => [uid, true])) };
      return uids.length > 0 ? new Map([[group.id, patch]]) : new Map();
    };
    return {
      run,
      create: async (card) => {
        const done = await run({ create: [card] }, t("did.created", { name: name(card) }));
        return done?.created[0] ?? null;
      },
      update: async (card, patch) => {
        const done = await run({ update: new Map([[card.id, patch]]) }, t("did.saved", { name: name(card) }));
        return done !== null;
      },
      remove: async (cards) => {
        if (cards.length === 0) return;
        try {
          // Whole, so that undo loses nothing of them.
          const { cards: whole } = await cardGet<ContactCard>(
            accountId,
            cards.map(({ id }) => id),
          );
          leaving(cards.map(({ id }) => id));
          const said =
            cards.length === 1 && cards[0]
              ? t("did.removed", { name: name(cards[0]) })
              : t("did.removedMany", { count: cards.length });
          await run({ destroy: whole }, said);
        } catch (error) {
          failed(explain(error));
        }
      },
      addToGroup: async (group, cards) => {
        const update = members(group, cards, true);
        if (update.size > 0) await run({ update }, t("did.added", { group: name(group), count: cards.length }));
      },
      removeFromGroup: async (group, cards) => {
        const update = members(group, cards, false);
        if (update.size > 0) await run({ update }, t("did.takenOut", { group: name(group), count: cards.length }));
      },
    };
  }, [client, accountId, leaving, t]);
}
