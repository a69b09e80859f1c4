import { modals } from "@mantine/modals";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Mailbox } from "../../../lib/jmap/types";
import { canUndo, forgetUndo } from "../../../lib/lastUndo";
import { failed, undoable } from "../../../ui";
import { emailIds } from "../api/emailIds";
import { type EmailPlace, emailPlaces } from "../api/emailPlaces";
import { changeEmails, undoChanges } from "./changeEmails";
import type { Conversation } from "./conversationList";
import { type EmailChanges, type EmailPatch, keywordPatch, movePatch } from "./emailPatch";
import { explain } from "./explain";
import type { ListView } from "./keys";
import type { Mailboxes } from "./mailboxes";
import { mailboxLabel } from "./mailboxLabel";
import { destroyChanges, flagChanges, junkPatch, moveChanges, seenChanges } from "./targets";

/** Some conversations, or everything in the list but those of some threads. */
export type Targets = { conversations: Conversation[] } | Whole;

interface Whole {
  allBut: ReadonlySet<string>;
  total: number;
  loaded: Conversation[];
}

export interface MailActions {
  archive(targets: Targets): void;
  move(targets: Targets, to: Mailbox): void;
  junk(targets: Targets, junk: boolean): void;
  /** To the trash, or out of it for good after confirmation. */
  remove(targets: Targets): void;
  setSeen(targets: Targets, seen: boolean): void;
  setFlagged(targets: Targets, flagged: boolean): void;
  /** Marks of single messages. */
  change(changes: EmailChanges): void;
  emptyMailbox(mailbox: Mailbox): void;
}

/** What a person does with conversations: shown at once, undone by one click, explained when refused. */
export function useMailActions(
  view: ListView,
  mailboxes: Mailboxes,
  leaving: (threadIds: string[]) => void,
): MailActions {
  const client = useQueryClient();
  const { t } = useTranslation("mail");

  return useMemo(() => {
    const { accountId, mailboxId: from } = view;

    const run = async (changes: EmailChanges, said: string | null, unloaded?: ReadonlyMap<string, EmailPlace>) => {
      if (changes.size === 0) return;
      const pending = changeEmails(client, accountId, changes, undefined, unloaded);
      const irrevocable = [...changes.values()].includes(null);
      let closeToast: (() => void) | null = null;
      const undo = irrevocable
        ? null
        : canUndo(() => {
            closeToast?.();
            void pending.then((done) => undoChanges(client, done)).catch(report);
          });
      if (said !== null && undo) closeToast = undoable(said, undo);
      try {
        await pending;
      } catch (error) {
        closeToast?.();
        if (undo) forgetUndo(undo);
        report(error);
      }
    };
    const report = (error: unknown) => failed(explain(error));

    /** The changes for the targets; those of a whole mailbox are asked from the server, with `narrow` added to the filter. */
    const resolve = async (
      targets: Targets,
      some: (threads: Conversation[]) => EmailChanges,
      every: () => EmailPatch | null,
      narrow?: object,
    ) => {
      if ("conversations" in targets) return some(targets.conversations);
      const filter = narrow ? { operator: "AND" as const, conditions: [view.filter, narrow] } : view.filter;
      const ids = new Set(await emailIds(accountId, filter));
      for (const row of targets.loaded)
        if (targets.allBut.has(row.threadId)) for (const email of row.emails) ids.delete(email.id);
      return new Map([...ids].map((id): [string, EmailPatch | null] => [id, every()]));
    };
    /** Of what a search found, loaded or not, where each message is decides whether it moves, and is where undo puts it. */
    const moveFound = async (targets: Whole, to: Mailbox, said: string, more: EmailPatch) => {
      const ids = await emailIds(accountId, view.filter);
      const left = new Set(
        targets.loaded.flatMap((row) => (targets.allBut.has(row.threadId) ? row.emails.map(({ id }) => id) : [])),
      );
      const places = await emailPlaces(
        accountId,
        ids.filter((id) => !left.has(id)),
      );
      const threads = new Map<string, EmailPlace[]>();
      for (const place of places) threads.set(place.threadId, [...(threads.get(place.threadId) ?? []), place]);
      const moved = [...threads.values()].map((emails) => ({ emails }));
      const changes = moveChanges(moved, null, to.id, mailboxes, more);
      await run(changes, said, new Map(places.map((place) => [place.id, place])));
    };
    const start = (changes: Promise<EmailChanges>, said: string | null) =>
      void changes.then((known) => run(known, said)).catch(report);
    const count = (targets: Targets) => ("conversations" in targets ? targets.conversations.length : targets.total);
    const leave = (targets: Targets) =>
      leaving(("conversations" in targets ? targets.conversations : targets.loaded).map((row) => row.threadId));

    const moveTo = (targets: Targets, to: Mailbox, said: string, more: EmailPatch = {}) => {
      if (from === to.id) return;
      if (from !== null || !("conversations" in targets)) leave(targets);
      if (from === null && !("conversations" in targets)) {
        void moveFound(targets, to, said, more).catch(report);
        return;
      }
      start(
        resolve(
          targets,
          (threads) => moveChanges(threads, from, to.id, mailboxes, more),
          () => ({ ...movePatch(from, to.id), ...more }),
        ),
        said,
      );
    };

    const destroy = (targets: Targets, trash: Mailbox) => {
      modals.openConfirmModal({
        title: t("destroy.title", { count: count(targets) }),
        children: t("destroy.text"),
        labels: { confirm: t("destroy.confirm"), cancel: t("cancel") },
        confirmProps: { color: "red" },
        onConfirm: () => {
          leave(targets);
          start(
            resolve(
              targets,
              (threads) => destroyChanges(threads, trash.id),
              () => null,
            ),
            null,
          );
        },
      });
    };

    return {
      archive(targets) {
        const archive = mailboxes.role("archive");
        if (archive) moveTo(targets, archive, t("did.archived", { count: count(targets) }));
        else failed(t("error.noArchive"));
      },
      move(targets, to) {
        moveTo(targets, to, t("did.moved", { count: count(targets), mailbox: mailboxLabel(to, t) }));
      },
      junk(targets, junk) {
        const to = mailboxes.role(junk ? "junk" : "inbox");
        if (to) moveTo(targets, to, t(junk ? "did.junk" : "did.notJunk", { count: count(targets) }), junkPatch(junk));
      },
      remove(targets) {
        const trash = mailboxes.role("trash");
        if (!trash) return;
        if (from === trash.id) destroy(targets, trash);
        else moveTo(targets, trash, t("did.trashed", { count: count(targets) }));
      },
      setSeen(targets, seen) {
        start(
          resolve(
            targets,
            (threads) => seenChanges(threads, seen),
            () => keywordPatch("$seen", seen),
            seen ? { notKeyword: "$seen" } : { hasKeyword: "$seen" },
          ),
          "conversations" in targets && targets.conversations.length === 1
            ? null
            : t(seen ? "did.read" : "did.unread", { count: count(targets) }),
        );
      },
      setFlagged(targets, flagged) {
        start(
          resolve(
            targets,
            (threads) => flagChanges(threads, flagged),
            () => keywordPatch("$flagged", flagged),
            flagged ? { notKeyword: "$flagged" } : { hasKeyword: "$flagged" },
          ),
          "conversations" in targets && targets.conversations.length === 1
            ? null
            : t(flagged ? "did.flagged" : "did.unflagged", { count: count(targets) }),
        );
      },
      change(changes) {
        void run(changes, null);
      },
      emptyMailbox(mailbox) {
        modals.openConfirmModal({
          title: t("empty.title", { mailbox: mailboxLabel(mailbox, t) }),
          children: t("empty.text", { count: mailbox.totalEmails }),
          labels: { confirm: t("empty.confirm"), cancel: t("cancel") },
          confirmProps: { color: "red" },
          onConfirm: () => {
            if (from === mailbox.id) leaving([]);
            start(
              emailIds(accountId, { inMailbox: mailbox.id }).then(
                (ids) => new Map(ids.map((id): [string, null] => [id, null])),
              ),
              null,
            );
          },
        });
      },
    };
  }, [view, mailboxes, leaving, client, t]);
}
