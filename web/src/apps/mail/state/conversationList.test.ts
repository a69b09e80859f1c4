import { describe, expect, it } from "vitest";
import {
  applyChanges,
  applyQueryChanges,
  type Conversation,
  type ConversationList,
  emptyList,
  mergeWindow,
  needsLoading,
  outdate,
  restoreRows,
} from "./conversationList";
import { type EmailPatch, keywordPatch, type ListEmail, movePatch } from "./emailPatch";

const email = (id: string, mailbox = "inbox", keywords: Record<string, boolean> = {}): ListEmail => ({
  id,
  blobId: `b${id}`,
  threadId: `t${id[0]}`,
  mailboxIds: { [mailbox]: true },
  keywords,
  from: null,
  to: null,
  subject: id,
  receivedAt: "2026-01-01T00:00:00Z",
  preview: "",
  hasAttachment: false,
  size: 1,
});
const row = (letter: string, emails = [email(`${letter}1`)]): Omit<Conversation, "generation"> => ({
  id: `${letter}1`,
  threadId: `t${letter}`,
  emails,
});
const letters = (list: ConversationList) =>
  Array.from({ length: list.rows.length }, (_, i) => list.rows[i]?.threadId[1] ?? "_").join("");
const listOf = (text: string): ConversationList =>
  mergeWindow(emptyList, { position: 0, total: text.length, queryState: "s1", rows: [...text].map((l) => row(l)) });
const inbox = { mailboxId: "inbox" };
const changes = (...entries: [string, EmailPatch | null][]) => new Map(entries);

describe("a list of conversations loaded in windows", () => {
  it("leaves rows open that are not loaded", () => {
    const list = mergeWindow(emptyList, { position: 2, total: 6, queryState: "s1", rows: [row("c"), row("d")] });
    expect(letters(list)).toBe("__cd__");
    expect(needsLoading(list, 2, 4)).toBe(false);
    expect(needsLoading(list, 0, 3)).toBe(true);
    expect(needsLoading(list, 6, 10)).toBe(false);
  });

  it("loads every other row again when the server's state moved on", () => {
    const list = mergeWindow(listOf("abcd"), { position: 0, total: 5, queryState: "s2", rows: [row("n"), row("a")] });
    expect(letters(list)).toBe("nacd_");
    expect(needsLoading(list, 0, 2)).toBe(false);
    expect(needsLoading(list, 2, 4)).toBe(true);
  });

  it("never shows one conversation twice after it moved", () => {
    const list = mergeWindow(listOf("abcd"), { position: 0, total: 4, queryState: "s2", rows: [row("d"), row("a")] });
    expect(letters(list)).toBe("dac_");
  });

  it("shrinks with the mailbox", () => {
    expect(letters(mergeWindow(listOf("abcd"), { position: 0, total: 1, queryState: "s2", rows: [row("a")] }))).toBe(
      "a",
    );
  });

  it("is loaded again when outdated, but shown meanwhile", () => {
    const list = outdate(listOf("ab"));
    expect(letters(list)).toBe("ab");
    expect(needsLoading(list, 0, 2)).toBe(true);
  });

  it("follows Email/queryChanges: arrivals on top, removals, and a conversation that moves up", () => {
    const arrived = applyQueryChanges(listOf("abcd"), {
      newQueryState: "s2",
      total: 5,
      removed: [],
      added: [{ id: "n1", index: 0 }],
    });
    expect(letters(arrived)).toBe("_abcd");
    const moved = applyQueryChanges(listOf("abcd"), {
      newQueryState: "s2",
      total: 3,
      removed: ["b1", "c1"],
      added: [{ id: "c1", index: 0 }],
    });
    expect(letters(moved)).toBe("cad");
  });
});

describe("changes shown before the server took them", () => {
  it("mark messages in place", () => {
    const { list, removed } = applyChanges(listOf("abc"), inbox, changes(["b1", keywordPatch("$seen", true)]));
    expect(removed).toEqual([]);
    expect(list.rows[1]?.emails[0]?.keywords).toEqual({ $seen: true });
    expect(letters(list)).toBe("abc");
  });

  it("take conversations out that leave the mailbox, and keep the rest in order", () => {
    const { list, removed } = applyChanges(
      listOf("abcd"),
      inbox,
      changes(["b1", movePatch("inbox", "archive")], ["d1", null]),
    );
    expect(letters(list)).toBe("ac");
    expect(list.total).toBe(2);
    expect(removed.map((r) => r.index)).toEqual([1, 3]);
  });

  it("keep a conversation of which another message stays", () => {
    const two = mergeWindow(emptyList, {
      position: 0,
      total: 1,
      queryState: "s",
      rows: [row("a", [email("a1"), email("a2")])],
    });
    const { list } = applyChanges(two, inbox, changes(["a1", movePatch("inbox", "archive")]));
    expect(letters(list)).toBe("a");
  });

  it("keep moved conversations in search results", () => {
    const { list } = applyChanges(
      listOf("ab"),
      { mailboxId: null },
      changes(["a1", movePatch("inbox", "archive")], ["b1", null]),
    );
    expect(letters(list)).toBe("a");
    expect(list.rows[0]?.emails[0]?.mailboxIds).toEqual({ archive: true });
  });

  it("leave rows open that are open, and lists alone that hold none of the messages", () => {
    const sparse = mergeWindow(emptyList, { position: 3, total: 5, queryState: "s1", rows: [row("d"), row("e")] });
    expect(letters(applyChanges(sparse, inbox, changes(["d1", null])).list)).toBe("___e");
    expect(applyChanges(sparse, inbox, changes(["x1", null])).list).toBe(sparse);
  });

  it("are rolled back to where the conversations were", () => {
    const before = listOf("abcde");
    const { list, removed } = applyChanges(before, inbox, changes(["a1", null], ["c1", null], ["e1", null]));
    expect(letters(list)).toBe("bd");
    expect(letters(restoreRows(list, removed))).toBe("abcde");
  });

  it("are not rolled back twice when the server's list brought them back already", () => {
    const { removed } = applyChanges(listOf("ab"), inbox, changes(["a1", null]));
    expect(letters(restoreRows(listOf("ab"), removed))).toBe("ab");
  });
});
