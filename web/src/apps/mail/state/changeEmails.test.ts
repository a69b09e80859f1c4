import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Mailbox, SetError } from "../../../lib/jmap/types";
import { ChangeRefused, changeEmails, undoChanges } from "./changeEmails";
import { type ConversationList, emptyList, mergeWindow } from "./conversationList";
import { type EmailPatch, keywordPatch, type ListEmail, movePatch } from "./emailPatch";
import { type ListView, mailKeys } from "./keys";

vi.mock("./refresh", () => ({ refreshAccount: vi.fn() }));

const account = "a1";
const inboxView: ListView = { accountId: account, mailboxId: "inbox", filter: { inMailbox: "inbox" } };
const searchView: ListView = { accountId: account, mailboxId: null, filter: { text: "x" } };
const email = (id: string): ListEmail =>
  ({
    id,
    threadId: `t${id[0]}`,
    mailboxIds: { inbox: true },
    keywords: {},
    receivedAt: `2026-01-0${id[1]}T00:00:00Z`,
  }) as unknown as ListEmail;
const refusal: SetError = { type: "forbidden", description: "You may only read this mailbox." };

function setUp() {
  const client = new QueryClient();
  const rows = ["a", "b", "c"].map((l) => ({
    id: `${l}2`,
    threadId: `t${l}`,
    emails: [email(`${l}1`), email(`${l}2`)],
  }));
  for (const view of [inboxView, searchView])
    client.setQueryData(mailKeys.list(view), mergeWindow(emptyList, { position: 0, total: 3, queryState: "s", rows }));
  client.setQueryData(mailKeys.thread(account, "tb"), rows[1]?.emails);
  client.setQueryData(mailKeys.mailboxes(account), [
    { id: "inbox", role: "inbox", totalEmails: 6, unreadEmails: 6, totalThreads: 3, unreadThreads: 3 },
    { id: "archive", role: "archive", totalEmails: 0, unreadEmails: 0, totalThreads: 0, unreadThreads: 0 },
  ] as Mailbox[]);
  const list = (view = inboxView) => client.getQueryData<ConversationList>(mailKeys.list(view)) as ConversationList;
  const shown = (view = inboxView) => list(view).rows.map((row) => row?.threadId);
  const counts = (id: string) => {
    const mailbox = client.getQueryData<Mailbox[]>(mailKeys.mailboxes(account))?.find((m) => m.id === id);
    return [mailbox?.totalEmails, mailbox?.unreadThreads];
  };
  const thread = () => client.getQueryData<ListEmail[]>(mailKeys.thread(account, "tb")) ?? [];
  return { client, list, shown, counts, thread };
}

const archive = (...ids: string[]) =>
  new Map(ids.map((id): [string, EmailPatch | null] => [id, movePatch("inbox", "archive")]));
const accepted = async () => new Map<string, SetError>();

describe("a change to messages", () => {
  let all: ReturnType<typeof setUp>;
  beforeEach(() => {
    all = setUp();
  });

  it("is undone exactly for messages that no list has loaded", async () => {
    const moved: EmailPatch = { mailboxIds: { archive: true }, "keywords/$notjunk": null };
    const before = { mailboxIds: { inbox: true, work: true }, keywords: {} } as Pick<
      ListEmail,
      "mailboxIds" | "keywords"
    >;
    const done = await changeEmails(all.client, account, new Map([["z9", moved]]), accepted, new Map([["z9", before]]));
    const sent: [string, EmailPatch | null][] = [];
    await undoChanges(all.client, done, async (_, changes) => {
      sent.push(...changes);
      return new Map();
    });
    expect(sent).toEqual([["z9", { mailboxIds: { inbox: true, work: true }, "keywords/$notjunk": null }]]);
  });

  it("is on screen before the server answers, everywhere", async () => {
    let answer: (refusals: Map<string, SetError>) => void = () => undefined;
    const done = changeEmails(
      all.client,
      account,
      archive("b1", "b2"),
      () => new Promise((resolve) => (answer = resolve)),
    );
    await vi.waitFor(() => expect(all.shown()).toEqual(["ta", "tc"]));
    expect(all.shown(searchView)).toEqual(["ta", "tb", "tc"]);
    expect(all.thread().every((e) => e.mailboxIds.archive)).toBe(true);
    expect(all.counts("inbox")).toEqual([4, 2]);
    expect(all.counts("archive")).toEqual([2, 1]);
    answer(new Map());
    await done;
    expect(all.shown()).toEqual(["ta", "tc"]);
  });

  it("is rolled back whole when the server cannot be reached", async () => {
    const before = [all.list(), all.list(searchView), all.thread(), all.counts("inbox"), all.counts("archive")];
    await expect(
      changeEmails(all.client, account, archive("a1", "a2", "b1", "b2"), async () => {
        throw new Error("offline");
      }),
    ).rejects.toThrow("offline");
    expect([all.list(), all.list(searchView), all.thread(), all.counts("inbox"), all.counts("archive")]).toEqual(
      before,
    );
  });

  it("is rolled back for what is refused only, and says why", async () => {
    const done = changeEmails(
      all.client,
      account,
      archive("a1", "a2", "b1", "b2"),
      async () =>
        new Map([
          ["b1", refusal],
          ["b2", refusal],
        ]),
    );
    await expect(done).rejects.toBeInstanceOf(ChangeRefused);
    await expect(done).rejects.toThrow("You may only read this mailbox.");
    expect(all.shown()).toEqual(["tb", "tc"]);
    expect(all.thread().every((e) => e.mailboxIds.inbox && !e.mailboxIds.archive)).toBe(true);
    expect(all.counts("inbox")).toEqual([4, 2]);
    expect(all.counts("archive")).toEqual([2, 1]);
  });

  it("brings a conversation back whose one message was refused, with the other moved", async () => {
    await expect(
      changeEmails(all.client, account, archive("b1", "b2"), async () => new Map([["b1", refusal]])),
    ).rejects.toThrow();
    expect(all.shown()).toEqual(["ta", "tb", "tc"]);
    expect(all.list().rows[1]?.emails.map((e) => Object.keys(e.mailboxIds))).toEqual([["inbox"], ["archive"]]);
  });

  it("brings destroyed messages back that the server keeps", async () => {
    const changes = new Map<string, EmailPatch | null>([
      ["b1", null],
      ["a1", null],
      ["a2", null],
    ]);
    await expect(
      changeEmails(all.client, account, changes, async () => new Map([...changes.keys()].map((id) => [id, refusal]))),
    ).rejects.toThrow();
    expect(all.shown()).toEqual(["ta", "tb", "tc"]);
    expect(all.thread().map((e) => e.id)).toEqual(["b1", "b2"]);
    expect(all.counts("inbox")).toEqual([6, 3]);
  });

  it("does not take back marks set by another change meanwhile", async () => {
    let refuse: (refusals: Map<string, SetError>) => void = () => undefined;
    const flag = changeEmails(
      all.client,
      account,
      new Map([["b2", keywordPatch("$flagged", true)]]),
      () => new Promise((resolve) => (refuse = resolve)),
    );
    await vi.waitFor(() => expect(all.thread()[1]?.keywords).toEqual({ $flagged: true }));
    await changeEmails(all.client, account, new Map([["b2", keywordPatch("$seen", true)]]), accepted);
    refuse(new Map([["b2", refusal]]));
    await expect(flag).rejects.toThrow();
    expect(all.thread()[1]?.keywords).toEqual({ $seen: true });
  });
});

describe("undo", () => {
  it("brings conversations back on screen and on the server", async () => {
    const { client, shown, counts, thread } = setUp();
    const done = await changeEmails(client, account, archive("b1", "b2"), accepted);
    const send = vi.fn(accepted);
    await undoChanges(client, done, send);
    expect(shown()).toEqual(["ta", "tb", "tc"]);
    expect(counts("inbox")).toEqual([6, 3]);
    expect(counts("archive")).toEqual([0, 0]);
    expect(thread().every((e) => e.mailboxIds.inbox && !e.mailboxIds.archive)).toBe(true);
    expect(send).toHaveBeenCalledWith(
      account,
      new Map(["b1", "b2"].map((id) => [id, { "mailboxIds/inbox": true, "mailboxIds/archive": null }])),
    );
  });
});
