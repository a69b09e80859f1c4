import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it, vi } from "vitest";
import type { ContactCard } from "../../../lib/jmap/contacts";
import type { CardsWritten, CardWrites } from "../api/cardSet";
import type { Cards } from "./cards";
import { changeCards } from "./changeCards";
import { contactKeys } from "./keys";

vi.mock("./cards", () => ({ followCards: vi.fn() }));

const ana: ContactCard = {
  id: "1",
  uid: "u1",
  addressBookIds: { b: true },
  name: { full: "Ana" },
  notes: { n: { note: "x" } },
};
const bob: ContactCard = { id: "2", uid: "u2", addressBookIds: { b: true }, name: { full: "Bob" } };

function setUp() {
  const client = new QueryClient();
  client.setQueryData<Cards>(contactKeys.cards("a"), {
    state: "s",
    byId: new Map([
      ["1", ana],
      ["2", bob],
    ]),
  });
  client.setQueryData(contactKeys.card("a", "1"), ana);
  const names = () =>
    Array.from(client.getQueryData<Cards>(contactKeys.cards("a"))?.byId.values() ?? [], ({ name }) => name?.full);
  return { client, names, detail: () => client.getQueryData<ContactCard>(contactKeys.card("a", "1")) };
}

const written = (refused: string[] = []): CardsWritten => ({
  created: new Map([["n0", "9"]]),
  refused: new Map(refused.map((id) => [id, { type: "forbidden" }])),
});

describe("a change to cards", () => {
  it("is on screen before the server answers", async () => {
    const { client, names, detail } = setUp();
    let answer: (done: CardsWritten) => void = () => undefined;
    const update = new Map([["1", { "name/full": "Anna" }]]);
    const done = changeCards(client, "a", { update }, () => new Promise((resolve) => (answer = resolve)));
    await vi.waitFor(() => expect(names()).toEqual(["Anna", "Bob"]));
    expect(detail()?.name?.full).toBe("Anna");
    expect(detail()?.notes).toBe(ana.notes);
    answer(written());
    await done;
  });

  it("is rolled back when it is refused, or cannot be sent", async () => {
    const { client, names, detail } = setUp();
    const update = new Map([["1", { "name/full": "Anna" }]]);
    await expect(
      changeCards(client, "a", { update, destroy: [bob] }, async () => written(["1", "2"])),
    ).rejects.toThrow();
    expect(names().toSorted()).toEqual(["Ana", "Bob"]);
    expect(detail()).toEqual(ana);
    await expect(
      changeCards(client, "a", { destroy: [ana] }, async () => {
        throw new Error("offline");
      }),
    ).rejects.toThrow("offline");
    expect(names().toSorted()).toEqual(["Ana", "Bob"]);
  });

  it("gives what takes it back: changes by their inverse, the destroyed made again whole, the made destroyed", async () => {
    const { client } = setUp();
    const update = new Map([["1", { "name/full": "Anna", titles: { t: { name: "Chief" } } }]]);
    const create = [{ uid: "u3", addressBookIds: { b: true }, name: { full: "Cleo" } }];
    const { undo } = await changeCards(client, "a", { update, destroy: [bob], create }, async () => written());
    const sent: CardWrites[] = [];
    await changeCards(client, "a", undo, async (_, writes) => {
      sent.push(writes);
      return written();
    });
    const { id: _, ...whole } = bob;
    expect(sent).toEqual([
      { create: { n0: whole }, update: { "1": { "name/full": "Ana", titles: null } }, destroy: ["9"] },
    ]);
  });
});
