import { isSpent, markSpent } from "./spent";
import { merged, readTokens, type TokenResponse, type Tokens, writeTokens } from "./tokens";

/**
 * Refresh tokens rotate, and using one twice revokes the whole family (RFC 9700 §4.14.2): at any moment at most one tab
 * may be using the one in store. Whoever holds the lock reads the store again first, and takes what another tab has just
 * brought instead of asking again.
 */

export const clientId = "bastide-web";

export type RefreshOutcome =
  | { kind: "fresh"; tokens: Tokens }
  /** The provider refused: the person must sign in again. */
  | { kind: "refused" }
  /** The provider could not be reached or failed: nothing is known, the tokens stay. */
  | { kind: "unreachable"; reason: unknown }
  /** Somebody signed out meanwhile. */
  | { kind: "gone" };

const lockName = "bastide.refresh";
/** What one tab stores is seen by the others within milliseconds; a machine under load may take longer. */
const longestArrival = 10_000;
let queue: Promise<unknown> = Promise.resolve();

let underWay: { stale: string; outcome: Promise<RefreshOutcome> } | null = null;

/** Replaces `stale`, the access token that expires or was refused, unless it has been replaced already. */
export function refresh(stale: string): Promise<RefreshOutcome> {
  if (underWay?.stale === stale) return underWay.outcome;
  const mine = { stale, outcome: exclusively(() => replace(stale)) };
  underWay = mine;
  const done = () => {
    if (underWay === mine) underWay = null;
  };
  mine.outcome.then(done, done);
  return mine.outcome;
}

async function replace(stale: string): Promise<RefreshOutcome> {
  const tokens = readTokens();
  if (!tokens) return { kind: "gone" };
  if (tokens.accessToken !== stale) return { kind: "fresh", tokens };
  if (!tokens.refreshToken) return { kind: "refused" };
  if (await isSpent(tokens.refreshToken)) return arrival(stale);
  return ask(tokens, tokens.refreshToken);
}

/** Another tab has used the refresh token already: what it was given is on its way to this tab. */
async function arrival(stale: string): Promise<RefreshOutcome> {
  const until = Date.now() + longestArrival;
  while (Date.now() < until) {
    const tokens = readTokens();
    if (!tokens) return { kind: "gone" };
    if (tokens.accessToken !== stale) return { kind: "fresh", tokens };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // The tab that used it was closed before it could store the answer, which nobody has now.
  return { kind: "refused" };
}

async function ask(tokens: Tokens, refreshToken: string): Promise<RefreshOutcome> {
  let response: Response;
  try {
    response = await fetch(tokens.provider.token_endpoint, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "refresh_token", client_id: clientId, refresh_token: refreshToken }),
      credentials: "omit",
      signal: AbortSignal.timeout(30_000),
    });
  } catch (reason) {
    return { kind: "unreachable", reason };
  }
  if (response.status === 400 || response.status === 401) return { kind: "refused" };
  if (!response.ok)
    return { kind: "unreachable", reason: new Error(`The sign-in service answered ${response.status}.`) };

  let answer: TokenResponse;
  try {
    answer = (await response.json()) as TokenResponse;
  } catch (reason) {
    return { kind: "unreachable", reason };
  }
  // Signing out does not wait for the lock: what was signed out while the answer was under way stays so.
  if (readTokens()?.accessToken !== tokens.accessToken) return { kind: "gone" };
  const next: Tokens = {
    ...tokens,
    ...merged(answer, Date.now()),
    refreshToken: answer.refresh_token ?? refreshToken,
    idToken: answer.id_token ?? tokens.idToken,
  };
  writeTokens(next);
  await markSpent(refreshToken);
  return { kind: "fresh", tokens: next };
}

/** One at a time over all tabs where the browser has locks, over this tab where it has not. */
function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if (navigator.locks) return navigator.locks.request(lockName, work) as Promise<T>;
  const mine = queue.then(work, work);
  queue = mine.catch(() => undefined);
  return mine;
}
