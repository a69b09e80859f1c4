import { describe, expect, it } from "vitest";
import type { Identity } from "../../../lib/jmap/types";
import { type Answered, forwardSubject, replyIdentity, replyRecipients, replySubject, threadingHeaders } from "./reply";

const at = (email: string, name: string | null = null) => ({ name, email });
const own = ["me@here.org", "alias@here.org"];
const message = (parts: Partial<Answered>): Answered => ({
  from: [at("ana@a.org", "Ana")],
  replyTo: null,
  to: [at("me@here.org")],
  cc: null,
  subject: "Hello",
  messageId: ["m1@a.org"],
  inReplyTo: null,
  references: null,
  ...parts,
});

describe("whom an answer goes to", () => {
  it("is the author", () => {
    expect(replyRecipients(message({}), "reply", own)).toEqual({ to: [at("ana@a.org", "Ana")], cc: [] });
  });

  it("is Reply-To before From", () => {
    expect(replyRecipients(message({ replyTo: [at("list@a.org")] }), "reply", own).to).toEqual([at("list@a.org")]);
  });

  it("is everyone but me when all are answered, nobody twice", () => {
    const all = replyRecipients(
      message({
        to: [at("ME@here.org"), at("bob@b.org"), at("ANA@a.org")],
        cc: [at("alias@here.org"), at("bob@b.org"), at("carl@c.org")],
      }),
      "replyAll",
      own,
    );
    expect(all.to.map((a) => a.email)).toEqual(["ana@a.org", "bob@b.org"]);
    expect(all.cc.map((a) => a.email)).toEqual(["carl@c.org"]);
  });

  it("is Mail-Followup-To when its author asks so", () => {
    const all = replyRecipients(
      message({ mailFollowupTo: [at("list@l.org"), at("me@here.org")], cc: [at("carl@c.org")] }),
      "replyAll",
      own,
    );
    expect(all).toEqual({ to: [at("list@l.org")], cc: [] });
  });

  it("continues to the same people when I answer myself", () => {
    const mine = message({
      from: [at("me@here.org")],
      to: [at("bob@b.org")],
      cc: [at("carl@c.org"), at("alias@here.org")],
    });
    expect(replyRecipients(mine, "reply", own)).toEqual({ to: [at("bob@b.org")], cc: [] });
    expect(replyRecipients(mine, "replyAll", own)).toEqual({ to: [at("bob@b.org")], cc: [at("carl@c.org")] });
  });

  it("is me when I wrote to myself only", () => {
    expect(replyRecipients(message({ from: [at("me@here.org")], to: [at("me@here.org")] }), "reply", own).to).toEqual([
      at("me@here.org"),
    ]);
  });

  it("is nobody yet for a forward", () => {
    expect(replyRecipients(message({}), "forward", own)).toEqual({ to: [], cc: [] });
  });
});

describe("subjects of answers", () => {
  it("carry one prefix", () => {
    expect(replySubject("RE: Re[2]: RÉP : Budget")).toBe("Re: Budget");
    expect(replySubject("Réunion: mardi")).toBe("Re: Réunion: mardi");
    expect(replySubject(null)).toBe("Re:");
    expect(forwardSubject("TR: Fwd: Budget")).toBe("Fwd: Budget");
    expect(forwardSubject("Re: Budget")).toBe("Fwd: Re: Budget");
  });
});

describe("threading of answers", () => {
  it("refers to the ancestors and the message", () => {
    expect(threadingHeaders(message({ references: ["r0", "r1"] }), "reply")).toEqual({
      inReplyTo: ["m1@a.org"],
      references: ["r0", "r1", "m1@a.org"],
    });
  });

  it("uses In-Reply-To where References is missing and it names one message", () => {
    expect(threadingHeaders(message({ inReplyTo: ["r1"] }), "reply").references).toEqual(["r1", "m1@a.org"]);
    expect(threadingHeaders(message({ inReplyTo: ["r1", "r2"] }), "reply").references).toEqual(["m1@a.org"]);
  });

  it("keeps the root of very long threads", () => {
    const { references } = threadingHeaders(
      message({ references: Array.from({ length: 300 }, (_, i) => `r${i}`) }),
      "reply",
    );
    expect(references).toHaveLength(50);
    expect(references?.[0]).toBe("r0");
    expect(references?.at(-1)).toBe("m1@a.org");
  });

  it("says nothing about a message without id", () => {
    expect(threadingHeaders(message({ messageId: null }), "reply")).toEqual({ inReplyTo: null, references: null });
  });
});

describe("the identity of an answer", () => {
  const identity = (id: string, email: string) => ({ id, email, name: id }) as Identity;
  const identities = [identity("main", "me@here.org"), identity("team", "*@team.org")];

  it("is the one written to", () => {
    expect(replyIdentity(message({ to: [at("sales@team.org")] }), identities)?.id).toBe("team");
    expect(replyIdentity(message({ to: [at("list@x.org")], cc: [at("ME@here.org")] }), identities)?.id).toBe("main");
  });

  it("is the first when none was", () => {
    expect(replyIdentity(message({ to: [at("list@x.org")] }), identities)?.id).toBe("main");
  });
});
