import { describe, expect, it } from "vitest";
import type { Mailbox } from "../../../lib/jmap/types";
import { applyPatch, keywordPatch, type ListEmail, movePatch } from "./emailPatch";
import { shiftCounts } from "./mailboxCounts";

const mailbox = (id: string, role: string | null = null) =>
  ({ id, role, totalEmails: 10, unreadEmails: 5, totalThreads: 8, unreadThreads: 4 }) as Mailbox;
const email = (id: string, mailboxId: string, seen: boolean) =>
  ({ id, mailboxIds: { [mailboxId]: true }, keywords: seen ? { $seen: true } : {} }) as unknown as ListEmail;
const mailboxes = [mailbox("inbox", "inbox"), mailbox("archive", "archive"), mailbox("trash", "trash")];
const counts = (id: string, list: Mailbox[]) => {
  const found = list.find((m) => m.id === id);
  return [found?.totalEmails, found?.unreadEmails, found?.totalThreads, found?.unreadThreads];
};

describe("counts of mailboxes", () => {
  it("follow a message read", () => {
    const before = [email("1", "inbox", false)];
    const after = before.map((e) => applyPatch(e, keywordPatch("$seen", true)));
    expect(counts("inbox", shiftCounts(mailboxes, [{ before, after }]))).toEqual([10, 4, 8, 3]);
  });

  it("follow a thread moved", () => {
    const before = [email("1", "inbox", false), email("2", "inbox", true)];
    const after = before.map((e) => applyPatch(e, movePatch("inbox", "archive")));
    const shifted = shiftCounts(mailboxes, [{ before, after }]);
    expect(counts("inbox", shifted)).toEqual([8, 4, 7, 3]);
    expect(counts("archive", shifted)).toEqual([12, 6, 9, 5]);
  });

  it("do not call a thread unread for a message in the trash", () => {
    const before = [email("1", "inbox", true), email("2", "inbox", false)];
    const after = [before[0] as ListEmail, applyPatch(before[1] as ListEmail, movePatch("inbox", "trash"))];
    const shifted = shiftCounts(mailboxes, [{ before, after }]);
    expect(counts("inbox", shifted)).toEqual([9, 4, 8, 3]);
    expect(counts("trash", shifted)).toEqual([11, 6, 9, 5]);
  });

  it("never fall below nothing", () => {
    const empty = [
      { ...mailbox("inbox", "inbox"), totalEmails: 0, unreadEmails: 0, totalThreads: 0, unreadThreads: 0 },
    ];
    expect(counts("inbox", shiftCounts(empty, [{ before: [email("1", "inbox", false)], after: [] }]))).toEqual([
      0, 0, 0, 0,
    ]);
  });
});
