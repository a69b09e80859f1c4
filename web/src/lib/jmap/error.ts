import { SignedOutError } from "../oidc";
import type { SetError, SetResponse } from "./types";

/**
 * What a JMAP server says no with: a problem of the whole request (RFC 8620 §3.6.1, `type` without its
 * `urn:ietf:params:jmap:error:`), of one method (§3.6.2) or of one object of a `/set` (§5.3).
 * `networkError` is the client's own: the server was not reached, and it is not known whether it acted.
 */
export class JmapError extends Error {
  override name = "JmapError";
  readonly type: string;
  readonly description?: string;
  readonly status?: number;
  readonly properties?: string[];
  readonly limit?: string;

  constructor(
    type: string,
    details: {
      description?: string | null;
      status?: number;
      properties?: string[] | null;
      limit?: string;
      cause?: unknown;
    } = {},
  ) {
    super(details.description ?? type, { cause: details.cause });
    this.type = type;
    this.description = details.description ?? undefined;
    this.status = details.status;
    this.properties = details.properties ?? undefined;
    this.limit = details.limit;
  }
}

/** Whether trying again later, unchanged, may well succeed. */
export function isOffline(error: unknown): boolean {
  return error instanceof JmapError && error.type === "networkError";
}

const errorPrefix = "urn:ietf:params:jmap:error:";

/** From an answer that is not 2xx: RFC 7807 problem details where the server gives them. */
export function errorOf(status: number, body: string): JmapError {
  let problem: { type?: string; detail?: string; title?: string; limit?: string } = {};
  try {
    problem = (JSON.parse(body) as typeof problem) ?? {};
  } catch {
    // A proxy's page, or nothing: the status says it.
  }
  const type = problem.type?.startsWith(errorPrefix) ? problem.type.slice(errorPrefix.length) : undefined;
  // A gateway whose server is restarting: as good as not reached.
  const unreachable = status === 502 || status === 503 || status === 504;
  return new JmapError(type ?? (unreachable ? "networkError" : `http${status}`), {
    description: problem.detail ?? problem.title,
    status,
    limit: problem.limit,
  });
}

/** What `fetch` rejects with, except an abort and a lost session, which stay what they are. */
export function networkErrorOf(error: unknown): unknown {
  if (error instanceof SignedOutError || error instanceof JmapError) return error;
  if (error instanceof DOMException && error.name === "AbortError") return error;
  return new JmapError("networkError", { description: "The server cannot be reached.", cause: error });
}

/** For an object named in a `/set`: throws when it was not created, updated or destroyed. */
export function throwIfRefused(response: SetResponse<unknown>, id: string): void {
  const error: SetError | undefined =
    response.notCreated?.[id] ?? response.notUpdated?.[id] ?? response.notDestroyed?.[id];
  if (error) throw new JmapError(error.type, { description: error.description, properties: error.properties });
}
