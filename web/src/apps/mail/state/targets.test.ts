import { describe, expect, it } from "vitest";
import type { Mailbox } from "../../../lib/jmap/types";
import type { ListEmail } from "./emailPatch";
import { Mailboxes } from "./mailboxes";
import { destroyChanges, flagChanges, messagesToMove, moveChanges, seenChanges } from "./targets";

const mailboxes = new Mailboxes(
  ["inbox", "sent", "drafts", "trash", "junk", "archive"].map(
    (role) => ({ id: role, role, parentId: null, name: role, sortOrder: 0 }) as Mailbox,
  ),
);
const email = (id: string, mailbox: string | string[], ...keywords: string[]) =>
  ({
    id,
    mailboxIds: Object.fromEntries([mailbox].flat().map((m) => [m, true])),
    keywords: Object.fromEntries(keywords.map((k) => [k, true])),
  }) as unknown as ListEmail;
const ids = (list: ListEmail[]) => list.map((e) => e.id);

describe("what an action on a conversation is about", () => {
  const thread = {
    emails: [email("in", "inbox"), email("out", "sent"), email("old", "archive"), email("gone", "trash")],
  };

  it("moves what is in the mailbox looked at", () => {
    expect(ids(messagesToMove(thread, "inbox", mailboxes))).toEqual(["in"]);
  });

  it("leaves what was sent and thrown away where it is when moving from a search", () => {
    expect(ids(messagesToMove(thread, null, mailboxes))).toEqual(["in", "old"]);
    expect(ids(messagesToMove({ emails: [email("out", "sent")] }, null, mailboxes))).toEqual(["out"]);
    expect([...moveChanges([thread], null, "archive", mailboxes).keys()]).toEqual(["in"]);
  });

  it("does nothing when the target is where it is", () => {
    expect(moveChanges([thread], "inbox", "inbox", mailboxes).size).toBe(0);
  });

  it("reads all, unreads the newest that is no draft", () => {
    const three = {
      emails: [
        email("1", "inbox"),
        email("2", "inbox", "$seen"),
        email("3", "inbox"),
        email("d", "drafts", "$draft", "$seen"),
      ],
    };
    expect([...seenChanges([three], true).keys()]).toEqual(["1", "3"]);
    expect([
      ...seenChanges([{ emails: [three.emails[1] as ListEmail, three.emails[3] as ListEmail] }], false).keys(),
    ]).toEqual(["2"]);
  });

  it("flags the newest, unflags all", () => {
    const two = { emails: [email("1", "inbox", "$flagged"), email("2", "inbox")] };
    expect([...flagChanges([two], true).keys()]).toEqual(["2"]);
    expect([...flagChanges([two], false).keys()]).toEqual(["1"]);
  });

  it("destroys what is in the trash only", () => {
    const changes = destroyChanges(
      [{ emails: [email("1", "trash"), email("2", ["trash", "archive"]), email("3", "inbox")] }],
      "trash",
    );
    expect([...changes]).toEqual([
      ["1", null],
      ["2", { "mailboxIds/trash": null }],
    ]);
  });
});
