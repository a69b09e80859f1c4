import type { QueryClient } from "@tanstack/react-query";
import { type EventWrites, eventSet } from "../../../lib/calendar/eventSet";
import { followEvents } from "../../../lib/calendar/events";
import { ChangeRefused } from "../../../lib/calendar/explain";
import { isOffline } from "../../../lib/jmap";
import type { SetError } from "../../../lib/jmap/types";
import type { Plan } from "./series";
import { cast, type Shadow } from "./shadows";

export interface Done {
  created: Record<string, string>;
  /** What takes it all back. */
  undo: Plan;
  isUntold: boolean;
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
    const { created, refused, isUntold = false } = await send(accountId, plan.writes);
    const undo = plan.undo(created);
    if (refused.size > 0) {
      // A series is parted by two writes: neither without the other.
      if (refused.size < count(plan.writes)) await send(accountId, without(undo, refused));
      throw new ChangeRefused(refused);
    }
    await followEvents(client, accountId).catch(() => undefined);
    return { created, undo: { writes: undo, undo: () => plan.writes }, isUntold };
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

function without(writes: EventWrites, refused: ReadonlyMap<string, SetError>): EventWrites {
  const { update = {} } = writes;
  return { ...writes, update: Object.fromEntries(Object.entries(update).filter(([id]) => !refused.has(id))) };
}
