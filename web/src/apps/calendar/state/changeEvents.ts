import type { QueryClient } from "@tanstack/react-query";
import { isOffline } from "../../../lib/jmap";
import type { SetError } from "../../../lib/jmap/types";
import { type EventWrites, eventSet } from "../api/eventSet";
import { followEvents } from "./events";
import type { Plan } from "./series";
import { cast, type Shadow } from "./shadows";

/** Some events could not be changed; what was shown of them has been taken back. */
export class ChangeRefused extends Error {
  readonly refusals: ReadonlyMap<string, SetError>;

  constructor(refusals: ReadonlyMap<string, SetError>) {
    super([...refusals.values()][0]?.description ?? "The server refused the change.");
    this.name = "ChangeRefused";
    this.refusals = refusals;
  }
}

export interface Done {
  created: Record<string, string>;
  /** What takes it all back. */
  undo: Plan;
}

type Send = typeof eventSet;

/** Shows a change at once, takes it to the server, and takes it back on screen when the server refuses. */
export async function changeEvents(
  client: QueryClient,
  accountId: string,
  plan: Plan,
  shadow: Partial<Shadow> = {},
  send: Send = eventSet,
): Promise<Done> {
  const uncover = cast({ ...shadow, accountId });
  try {
    const { created, refused } = await send(accountId, plan.writes);
    const undo = plan.undo(created);
    if (refused.size > 0) {
      // A series is parted by two writes: neither without the other.
      if (refused.size < count(plan.writes)) await send(accountId, without(undo, refused));
      throw new ChangeRefused(refused);
    }
    await followEvents(client, accountId).catch(() => undefined);
    return { created, undo: { writes: undo, undo: () => plan.writes } };
  } catch (error) {
    // Nobody answers: what is shown must not look as if it were kept until somebody does.
    if (!isOffline(error)) await followEvents(client, accountId).catch(() => undefined);
    throw error;
  } finally {
    uncover();
  }
}

function count({ create = {}, update = {}, destroy = [] }: EventWrites): number {
  return Object.keys(create).length + Object.keys(update).length + destroy.length;
}

function without({ create, update = {}, destroy }: EventWrites, refused: ReadonlyMap<string, SetError>): EventWrites {
  return { create, update: Object.fromEntries(Object.entries(update).filter(([id]) => !refused.has(id))), destroy };
}
