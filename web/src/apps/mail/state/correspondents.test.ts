import { describe, expect, it } from "vitest";
import { matchCorrespondents, rankCorrespondents } from "./correspondents";

const at = (email: string, name: string | null = null) => ({ name, email });
const now = Date.parse("2026-11-23T00:00:00Z");
const head = (parts: object, receivedAt = "2026-11-20T00:00:00Z") => ({
  from: null,
  to: null,
  cc: null,
  receivedAt,
  ...parts,
});

describe("correspondents", () => {
  const people = rankCorrespondents(
    [
      head({ to: [at("bob@b.org", "Bob Noël")] }),
      head({ to: [at("ana@a.org")], cc: [at("me@here.org")] }, "2020-01-01T00:00:00Z"),
    ],
    [
      head({ from: [at("ana@a.org", "Ana")] }),
      head({ from: [at("noreply@shop.org")] }),
      head({ from: [at("carl@c.org", "Carl")] }),
    ],
    ["me@here.org"],
    now,
  );

  it("come ranked by how often and lately they were written to, without me and without robots", () => {
    expect(people.map((p) => p.email)).toEqual(["bob@b.org", "ana@a.org", "carl@c.org"]);
    expect(people[1]?.name).toBe("Ana");
  });

  it("are found by the beginning of any word, without accents", () => {
    expect(matchCorrespondents(people, "noel", 5).map((p) => p.email)).toEqual(["bob@b.org"]);
    expect(matchCorrespondents(people, "b.o", 5)).toEqual([]);
    expect(matchCorrespondents(people, "bob@b", 5).map((p) => p.email)).toEqual(["bob@b.org"]);
    expect(matchCorrespondents(people, " ", 5)).toEqual([]);
  });
});
