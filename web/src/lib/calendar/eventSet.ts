import { call } from "../jmap";
import type { JSEvent } from "../jmap/calendars";
import type { SetError, SetResponse } from "../jmap/types";

/** Properties by their path, with null for those to be taken away (RFC 8620 §5.3). */
export type EventPatch = Record<string, unknown>;

export type NewEvent = JSEvent & { uid: string; calendarIds: Record<string, boolean> };

/** By the ids of events, or of single instances of a series. */
export interface EventWrites {
  create?: Record<string, NewEvent>;
  update?: Record<string, EventPatch>;
  destroy?: string[];
  /** Whether those who take part are told, as they are of any change of a meeting. */
  sendSchedulingMessages?: boolean;
}

export interface EventsWritten {
  /** The server's ids by one's own. */
  created: Record<string, string>;
  refused: ReadonlyMap<string, SetError>;
  /** Kept, but nothing reaches those who should be told. */
  isUntold?: boolean;
}

/** Creates, changes and destroys events and instances. */
export async function eventSet(accountId: string, writes: EventWrites): Promise<EventsWritten> {
  const { create = {}, update = {}, destroy = [], sendSchedulingMessages = false } = writes;
  const answer = await call<SetResponse<{ id: string }>>("CalendarEvent/set", {
    accountId,
    create,
    update,
    destroy,
    ...(sendSchedulingMessages && { sendSchedulingMessages }),
  });
  const refused = new Map(Object.entries({ ...answer.notCreated, ...answer.notUpdated }));
  // Destroying what is gone is what was wanted.
  for (const [id, error] of Object.entries(answer.notDestroyed ?? {}))
    if (error.type !== "notFound") refused.set(id, error);
  const created = Object.fromEntries(Object.entries(answer.created ?? {}).map(([key, { id }]) => [key, id]));
  const mute = [...refused].filter(([, { type }]) => type === "noSupportedScheduleMethods").map(([id]) => id);
  if (!sendSchedulingMessages || mute.length === 0) return { created, refused };
  // What one wrote is kept all the same; that nobody hears of it is said.
  const again = await eventSet(accountId, {
    create: only(create, mute),
    update: only(update, mute),
    destroy: destroy.filter((id) => mute.includes(id)),
  });
  for (const id of mute) refused.delete(id);
  return {
    created: { ...created, ...again.created },
    refused: new Map([...refused, ...again.refused]),
    isUntold: true,
  };
}

function only<T>(entries: Record<string, T>, ids: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([id]) => ids.includes(id)));
}
