import { describe, expect, it } from "vitest";
import { formatAddress, isAddress, parseAddresses, shortName, uniqueAddresses } from "./addresses";

describe("addresses typed or pasted", () => {
  it("reads names, quoted names with commas and bare addresses in one list", () => {
    const { addresses, rest } = parseAddresses('Ana <ana@a.org>; "Doe, John" <john@b.org>, carl@c.org\n<d@d.org>');
    expect(rest).toBe("");
    expect(addresses).toEqual([
      { name: "Ana", email: "ana@a.org" },
      { name: "Doe, John", email: "john@b.org" },
      { name: null, email: "carl@c.org" },
      { name: null, email: "d@d.org" },
    ]);
  });

  it("takes addresses apart by spaces alone", () => {
    expect(parseAddresses("a@a.org b@b.org").addresses.map((a) => a.email)).toEqual(["a@a.org", "b@b.org"]);
  });

  it("gives back what is no address", () => {
    expect(parseAddresses("a@a.org, not one")).toEqual({
      addresses: [{ name: null, email: "a@a.org" }],
      rest: "not one",
    });
  });

  it("accepts internationalised addresses and refuses broken ones", () => {
    expect(isAddress("زكريا@مثال.إختبار")).toBe(true);
    expect(isAddress("josé@exämple.fr")).toBe(true);
    expect(isAddress("user@localhost")).toBe(true);
    for (const bad of ["", "a", "a@", "@b", "a b@c.d", "a@b..c", "a@-b.c", "a@b c"]) expect(isAddress(bad)).toBe(false);
  });

  it("quotes a name only when the header needs it", () => {
    expect(formatAddress({ name: "Ana B", email: "a@b.c" })).toBe("Ana B <a@b.c>");
    expect(formatAddress({ name: 'Doe, "J"', email: "a@b.c" })).toBe('"Doe, \\"J\\"" <a@b.c>');
    expect(formatAddress({ name: null, email: "a@b.c" })).toBe("a@b.c");
  });

  it("shortens names, also those written family name first", () => {
    expect(shortName({ name: "Ana Bellini", email: "x@y.z" })).toBe("Ana");
    expect(shortName({ name: "Bellini, Ana", email: "x@y.z" })).toBe("Ana");
    expect(shortName({ name: null, email: "ana.b@y.z" })).toBe("ana.b");
  });

  it("keeps the first of two spellings of one mailbox", () => {
    expect(
      uniqueAddresses([
        { name: "A", email: "a@b.c" },
        { name: null, email: "A@B.C" },
      ]),
    ).toHaveLength(1);
  });
});
