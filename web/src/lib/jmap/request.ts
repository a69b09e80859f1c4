import { authFetch } from "../oidc";
import { errorOf, JmapError, networkErrorOf } from "./error";
import { session, sessionMayHaveChanged } from "./session";
import type { Invocation, ResultReference } from "./types";

/** The API (RFC 8620 §3). */

const wanted = [
  "urn:ietf:params:jmap:core",
  "urn:ietf:params:jmap:mail",
  "urn:ietf:params:jmap:submission",
  "urn:ietf:params:jmap:vacationresponse",
  "urn:ietf:params:jmap:calendars",
  "urn:ietf:params:jmap:calendars:parse",
  "urn:ietf:params:jmap:contacts",
  "urn:ietf:params:jmap:principals",
  "urn:ietf:params:jmap:principals:availability",
  "urn:ietf:params:jmap:blob",
  "urn:ietf:params:jmap:quota",
  "urn:bastide:jmap:calendars",
  "urn:bastide:jmap:safe-html",
  "urn:bastide:jmap:recipients",
];

interface ApiResponse {
  methodResponses: Invocation[];
  sessionState: string;
}

/**
 * Several method calls in one round trip, and their answers in order. A method that failed answers `error`: read what
 * each call gave through {@link result}. Without `using`, everything the client knows and the server has.
 */
export async function request(calls: Invocation[], using?: string[], signal?: AbortSignal): Promise<Invocation[]> {
  const found = await session();
  try {
    const response = await authFetch(found.apiUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ using: using ?? wanted.filter((uri) => uri in found.capabilities), methodCalls: calls }),
      signal,
    });
    if (!response.ok) throw errorOf(response.status, await response.text());
    const answer = (await response.json()) as ApiResponse;
    sessionMayHaveChanged(answer.sessionState);
    return answer.methodResponses;
  } catch (error) {
    throw networkErrorOf(error);
  }
}

/** One method call. */
export async function call<T>(name: string, args: Record<string, unknown>, using?: string[]): Promise<T> {
  return result<T>(await request([[name, args, "0"]], using), "0");
}

/** A back-reference: the value of an argument whose name begins with `#` (RFC 8620 §3.7). */
export function ref(resultOf: string, name: string, path: string): ResultReference {
  return { resultOf, name, path };
}

/**
 * What a call gave. Methods called implicitly answer under the same id (RFC 8620 §5.4, RFC 8621 §7.5): `name` chooses
 * among them, without it the first.
 */
export function result<T>(responses: Invocation[], callId: string, name?: string): T {
  const answers = responses.filter(([, , id]) => id === callId);
  const answer = answers.find(([method]) => (name ? method === name : true)) ?? answers[0];
  if (!answer) throw new JmapError("serverFail", { description: `The server did not answer call ${callId}.` });
  const [method, args] = answer;
  if (method !== "error") return args as T;
  const error = args as { type: string; description?: string; properties?: string[]; arguments?: string[] };
  throw new JmapError(error.type, {
    description: error.description,
    properties: error.properties ?? error.arguments,
  });
}
