import { call, session } from "../../../lib/jmap";
import type { Card } from "../../../lib/jmap/contacts";
import type { SetError, SetResponse } from "../../../lib/jmap/types";

/** Properties by their path, with null for those to be taken away (RFC 8620 §5.3). */
export type CardPatch = Record<string, unknown>;

export interface CardWrites {
  /** By an id of one's own. */
  create?: Record<string, Card & { addressBookIds: Record<string, boolean> }>;
  update?: Record<string, CardPatch>;
  destroy?: string[];
}

export interface CardsWritten {
  /** The server's ids by one's own. */
  created: Map<string, string>;
  refused: Map<string, SetError>;
}

/** Creates, changes and destroys cards, in as many calls as the server's limit asks. RFC 9610 §3.5. */
export async function cardSet(
  accountId: string,
  writes: CardWrites,
  onProgress?: (done: number) => void,
): Promise<CardsWritten> {
  const { maxObjectsInSet } = (await session()).capabilities["urn:ietf:params:jmap:core"];
  const written: CardsWritten = { created: new Map(), refused: new Map() };
  const all: [kind: keyof CardWrites, id: string, value: unknown][] = [
    ...Object.entries(writes.create ?? {}).map(([id, card]): [keyof CardWrites, string, unknown] => [
      "create",
      id,
      card,
    ]),
    ...Object.entries(writes.update ?? {}).map(([id, patch]): [keyof CardWrites, string, unknown] => [
      "update",
      id,
      patch,
    ]),
    ...(writes.destroy ?? []).map((id): [keyof CardWrites, string, unknown] => ["destroy", id, null]),
  ];
  const step = Math.min(maxObjectsInSet, 200);
  for (let at = 0; at < all.length; at += step) {
    const part = all.slice(at, at + step);
    const of = (kind: keyof CardWrites) =>
      Object.fromEntries(part.filter(([each]) => each === kind).map(([, id, value]) => [id, value]));
    const response = await call<SetResponse<{ id: string }>>("ContactCard/set", {
      accountId,
      create: of("create"),
      update: of("update"),
      destroy: Object.keys(of("destroy")),
    });
    for (const [id, created] of Object.entries(response.created ?? {})) written.created.set(id, created.id);
    const refusals = { ...response.notCreated, ...response.notUpdated, ...response.notDestroyed };
    for (const [id, error] of Object.entries(refusals)) {
      // Destroying what is gone is what was wanted.
      const isGone = error.type === "notFound" && part.some(([kind, each]) => kind === "destroy" && each === id);
      if (!isGone) written.refused.set(id, error);
    }
    onProgress?.(at + part.length);
  }
  return written;
}
