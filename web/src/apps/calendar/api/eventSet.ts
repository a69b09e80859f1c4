import { call } from "../../../lib/jmap";
import type { JSEvent } from "../../../lib/jmap/calendars";
import type { SetError, SetResponse } from "../../../lib/jmap/types";

/** Properties by their path, with null for those to be taken away (RFC 8620 §5.3). */
export type EventPatch = Record<string, unknown>;

export type NewEvent = JSEvent & { uid: string; calendarIds: Record<string, boolean> };

/** By the ids of events, or of single instances of a series. */
export interface EventWrites {
  create?: Record<string, NewEvent>;
  update?: Record<string, EventPatch>;
  destroy?: string[];
}

export interface EventsWritten {
  /** The server's ids by one's own. */
  created: Record<string, string>;
  refused: ReadonlyMap<string, SetError>;
}

/** Creates, changes and destroys events and instances. */
export async function eventSet(accountId: string, writes: EventWrites): Promise<EventsWritten> {
  const { create = {}, update = {}, destroy = [] } = writes;
  const answer = await call<SetResponse<{ id: string }>>("CalendarEvent/set", { accountId, create, update, destroy });
  const refused = new Map(Object.entries({ ...answer.notCreated, ...answer.notUpdated }));
  // Destroying what is gone is what was wanted.
  for (const [id, error] of Object.entries(answer.notDestroyed ?? {}))
    if (error.type !== "notFound") refused.set(id, error);
  const created = Object.fromEntries(Object.entries(answer.created ?? {}).map(([key, { id }]) => [key, id]));
  return { created, refused };
}
