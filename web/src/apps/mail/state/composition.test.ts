// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import type { Identity } from "../../../lib/jmap/types";
import {
  type Attachment,
  type Composition,
  forgotAttachment,
  fullHtml,
  fullText,
  isUntouched,
  splitQuote,
  toEmailCreate,
} from "./composition";

const identity = {
  id: "i",
  name: "Me",
  email: "me@here.org",
  replyTo: null,
  bcc: null,
  textSignature: "",
  htmlSignature: "",
  mayDelete: true,
} as Identity;
const compose = (parts: Partial<Composition> = {}): Composition => ({
  key: "k",
  accountId: "a",
  identityId: "i",
  to: [],
  cc: [],
  bcc: [],
  subject: "",
  plain: false,
  html: "<p>Hello</p>",
  text: "",
  quote: null,
  attachments: [],
  inReplyTo: null,
  references: null,
  messageId: "m@here.org",
  answers: null,
  draftId: null,
  ...parts,
});
const attachment = (parts: Partial<Attachment> = {}): Attachment => ({
  key: "x",
  name: "plan.pdf",
  type: "application/pdf",
  size: 10,
  blobId: "b1",
  cid: null,
  progress: 1,
  failed: false,
  ...parts,
});

describe("a draft on the server", () => {
  it("has both forms of the text, and the marks of a draft", () => {
    const create = toEmailCreate(compose({ subject: " Hi " }), identity, "drafts");
    expect(create).toMatchObject({
      mailboxIds: { drafts: true },
      keywords: { $draft: true, $seen: true },
      from: [{ name: "Me", email: "me@here.org" }],
      subject: "Hi",
      bodyValues: { text: { value: "Hello" }, html: { value: "<p>Hello</p>" } },
    });
    expect(create).not.toHaveProperty("attachments");
    expect(create).not.toHaveProperty("inReplyTo");
  });

  it("has one part when written as plain text", () => {
    const create = toEmailCreate(compose({ plain: true, text: "a <b>\n" }), identity, "drafts");
    expect(create.bodyValues).toEqual({ text: { value: "a <b>" } });
    expect(create).not.toHaveProperty("htmlBody");
  });

  it("carries uploaded attachments, and inline images only while the text shows them", () => {
    const create = toEmailCreate(
      compose({
        html: '<p><img src="cid:in@here"></p>',
        attachments: [
          attachment(),
          attachment({ blobId: null }),
          attachment({ blobId: "b2", cid: "in@here", type: "image/png" }),
          attachment({ blobId: "b3", cid: "removed@here", type: "image/png" }),
        ],
      }),
      identity,
      "drafts",
    );
    expect(create.attachments?.map((a) => [a.blobId, a.disposition])).toEqual([
      ["b1", "attachment"],
      ["b2", "inline"],
    ]);
  });

  it("adds the copies its identity always sends", () => {
    const create = toEmailCreate(
      compose({ bcc: [{ name: null, email: "A@x.y" }] }),
      {
        ...identity,
        bcc: [
          { name: null, email: "a@x.y" },
          { name: null, email: "log@x.y" },
        ],
      },
      "d",
    );
    expect(create.bcc.map((a) => a.email)).toEqual(["A@x.y", "log@x.y"]);
  });
});

describe("the quoted message", () => {
  const quote = {
    intro: "On Monday, Ana wrote:",
    html: "<table><tr><td>x</td></tr></table>",
    text: "x\ny",
    forward: false,
  };

  it("follows what was written, in both forms", () => {
    expect(fullHtml(compose({ quote }))).toBe(
      '<p>Hello</p><div class="bastide-quote"><p>On Monday, Ana wrote:</p><blockquote type="cite"><table><tr><td>x</td></tr></table></blockquote></div>',
    );
    expect(fullText(compose({ quote }))).toBe("Hello\n\nOn Monday, Ana wrote:\n> x\n> y");
  });

  it("is not marked as quoted when forwarded", () => {
    expect(fullText(compose({ quote: { ...quote, forward: true } }))).toBe("Hello\n\nOn Monday, Ana wrote:\n\nx\ny");
  });

  it("is found again in a saved draft", () => {
    const split = splitQuote(fullHtml(compose({ quote })), false);
    expect(split.html).toBe("<p>Hello</p>");
    expect(split.quote?.intro).toBe(quote.intro);
    expect(split.quote?.html).toContain("<td>x</td>");
    expect(splitQuote("<p>a</p>", false)).toEqual({ html: "<p>a</p>", quote: null });
  });
});

describe("the reminder of a forgotten attachment", () => {
  it("comes when the text speaks of one, in both languages", () => {
    for (const text of [
      "See the attached file",
      "I attach it",
      "Voir la pièce jointe",
      "Je vous joins le devis",
      "cf. PJ",
      "le plan ci-joint",
    ]) {
      expect(forgotAttachment(compose({ html: `<p>${text}</p>` })), text).toBe(true);
    }
    expect(forgotAttachment(compose({ html: "<p>I am fond of it</p>" }))).toBe(false);
  });

  it("does not come for quoted words, or when there is one", () => {
    expect(forgotAttachment(compose({ html: "<p>ok</p><blockquote>see attached</blockquote>" }))).toBe(false);
    expect(forgotAttachment(compose({ plain: true, text: "ok\n> see attached" }))).toBe(false);
    expect(forgotAttachment(compose({ html: "<p>see attached</p>", attachments: [attachment()] }))).toBe(false);
  });
});

describe("a composition nobody wrote in", () => {
  it("may be thrown away", () => {
    expect(isUntouched(compose({ html: "<p></p>" }), "")).toBe(true);
    expect(isUntouched(compose({ html: "<p></p><p>-- <br>Me</p>" }), "Me")).toBe(true);
    expect(isUntouched(compose(), "")).toBe(false);
    expect(isUntouched(compose({ html: "", subject: "x" }), "")).toBe(false);
    expect(
      isUntouched(compose({ html: "", subject: "Re: x", answers: { emailId: "e", keyword: "$answered" } }), ""),
    ).toBe(true);
    expect(isUntouched(compose({ html: "", attachments: [attachment()] }), "")).toBe(false);
  });
});
