import { call } from "../../../lib/jmap";
import type { ChangesResponse } from "../../../lib/jmap/types";

export interface CardChanges {
  state: string;
  changed: string[];
  gone: string[];
}

/** What happened to an account's cards since a state. Throws `cannotCalculateChanges`. RFC 9610 §3.2. */
export async function cardChanges(accountId: string, sinceState: string): Promise<CardChanges> {
  const changed = new Set<string>();
  const gone = new Set<string>();
  for (let state = sinceState; ; ) {
    const answer = await call<ChangesResponse>("ContactCard/changes", { accountId, sinceState: state });
    for (const id of [...answer.created, ...answer.updated]) {
      changed.add(id);
      gone.delete(id);
    }
    for (const id of answer.destroyed) {
      gone.add(id);
      changed.delete(id);
    }
    if (!answer.hasMoreChanges || answer.newState === state)
      return { state: answer.newState, changed: [...changed], gone: [...gone] };
    state = answer.newState;
  }
}
