import { describe, expect, it } from "vitest";
import { recipientOptions } from "./recipients";

const at = (email: string, name: string | null = null) => ({ name, email });
const suggested = [
  { name: "Ana Lima", emails: [at("ana@a.org", "Ana Lima")], source: "contact" as const },
  { name: "Quartet", emails: [at("ana@a.org", "Ana Lima"), at("bo@b.org", "Bo")], source: "group" as const },
];

describe("recipients to choose", () => {
  it("are what the server suggests, then whom recent mail knows, each address once", () => {
    const options = recipientOptions(suggested, [at("ANA@a.org"), at("anouk@c.org", "Anouk"), at("bo@b.org")], [], 6);
    expect(options.map(({ name, addresses }) => [name, addresses.length])).toEqual([
      ["Ana Lima", 1],
      ["Quartet", 2],
      ["Anouk", 1],
      [null, 1],
    ]);
    expect(options.map(({ isGroup }) => isGroup)).toEqual([false, true, false, false]);
  });

  it("are nobody who is a recipient already; a group is what is left of it", () => {
    expect(recipientOptions(suggested, [at("ana@a.org")], [at("Ana@A.org")], 6)).toEqual([
      { name: "Quartet", addresses: [at("bo@b.org", "Bo")], isGroup: true },
    ]);
  });

  it("are no more than asked for", () => {
    expect(recipientOptions(suggested, [at("x@x.org")], [], 2)).toHaveLength(2);
  });
});
