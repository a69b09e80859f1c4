import { call, request, result } from "../../../lib/jmap";
import type { ChangesResponse, GetResponse } from "../../../lib/jmap/types";
import type { ListEmail } from "../state/emailPatch";
import { listProperties } from "./conversationWindow";

/** The state from which arrivals are counted. */
export async function emailState(accountId: string): Promise<string> {
  const { state } = await call<GetResponse<unknown>>("Email/get", { accountId, ids: [] });
  return state;
}

/** Messages created since a state, with what a notification says. RFC 8621 §4.3. */
export async function arrivals(
  accountId: string,
  sinceState: string,
): Promise<{ state: string; created: ListEmail[] }> {
  const answers = await request([
    ["Email/changes", { accountId, sinceState, maxChanges: 100 }, "c"],
    [
      "Email/get",
      { accountId, "#ids": { resultOf: "c", name: "Email/changes", path: "/created" }, properties: listProperties },
      "e",
    ],
  ]);
  const changes = result<ChangesResponse>(answers, "c");
  return { state: changes.newState, created: result<GetResponse<ListEmail>>(answers, "e").list };
}
