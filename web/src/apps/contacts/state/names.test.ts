import { describe, expect, it } from "vitest";
import type { CardName } from "../../../lib/jmap/contacts";
import { displayName, letterOf, nameParts, sortName, withComponent } from "./names";

const name = (...components: [string, string][]): CardName => ({
  components: components.map(([kind, value]) => ({ kind, value })),
});

describe("the name of a card", () => {
  it("is the full one, else its components, else what else is known", () => {
    expect(displayName({ name: { full: "Ana Lima" } })).toBe("Ana Lima");
    expect(displayName({ name: name(["given", "Ana"], ["surname", "Lima"]) })).toBe("Ana Lima");
    expect(displayName({ organizations: { o: { name: "Atelier" } } })).toBe("Atelier");
    expect(displayName({ emails: { e: { address: "a@b.c" } } })).toBe("a@b.c");
    expect(displayName({})).toBe("");
  });

  it("keeps the separators of its components", () => {
    const components = [
      { kind: "given", value: "Jean" },
      { kind: "separator", value: "-" },
      { kind: "given", value: "Luc" },
      { kind: "surname", value: "Roy" },
    ];
    expect(displayName({ name: { components } })).toBe("Jean-Luc Roy");
  });

  it("stands under its surname, without accents", () => {
    expect(sortName({ name: name(["given", "Zoé"], ["surname", "Émile"]) })).toBe("emile zoe");
    expect(sortName({ name: { full: "Zoé Émile" } })).toBe("emile zoe");
    expect(letterOf("emile zoe")).toBe("E");
    expect(letterOf("3com")).toBe("#");
    expect(sortName({ kind: "org", name: { full: "Mairie de Lyon" } })).toBe("mairie de lyon");
  });

  it("is told in two, the surname apart", () => {
    expect(nameParts({ name: { ...name(["given", "Ana"], ["surname", "Lima"]), full: "Dr Ana Lima" } })).toEqual({
      given: "Dr Ana",
      surname: "Lima",
    });
    expect(nameParts({ name: { ...name(["surname", "王"], ["given", "伟"]), full: "王伟" } })).toEqual({
      given: "王伟",
      surname: "",
    });
  });
});

describe("writing one part of a name", () => {
  it("keeps the others, and what they carry", () => {
    const before: CardName = {
      components: [
        { kind: "given", value: "Ana", phonetic: "ˈana" },
        { kind: "surname", value: "Lima" },
      ],
      isOrdered: true,
    };
    expect(withComponent(before, "surname", "Lopes")).toEqual({
      components: [before.components?.[0], { kind: "surname", value: "Lopes" }],
      isOrdered: true,
      full: "Ana Lopes",
    });
  });

  it("puts a new part where it is said", () => {
    const made = withComponent(name(["given", "Ana"], ["surname", "Lima"]), "given2", "Rosa");
    expect(made?.full).toBe("Ana Rosa Lima");
    expect(withComponent(made, "title", "Dr")?.full).toBe("Dr Ana Rosa Lima");
  });

  it("splits a name that was only written in one", () => {
    expect(withComponent({ full: "Ana Lima" }, "surname", "Roy")?.components).toEqual([
      { kind: "given", value: "Ana" },
      { kind: "surname", value: "Roy" },
    ]);
  });

  it("leaves no name when nothing is left of it", () => {
    expect(withComponent(name(["given", "Ana"]), "given", "")).toBeUndefined();
  });
});
