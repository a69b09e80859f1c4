import { forgetEverything, forgetHere } from "../keep";
import { clientId, type RefreshOutcome, refresh } from "./refresh";
import { authorizationUrl } from "./signIn";
import { readTokens, removeTokens, type Tokens, tokensKey } from "./tokens";

/**
 * Who is signed in, for this tab. `expired` means that the provider refused to renew: the page stays as it is, with what
 * was typed, until the person signs in again, here or in another tab.
 */
export type SessionStatus = "starting" | "signedIn" | "expired" | "signedOut";

export interface SessionState {
  status: SessionStatus;
  subject: string;
  address: string;
  name: string;
}

/** Raised by whatever needs a token when there is none to be had. */
export class SignedOutError extends Error {
  override name = "SignedOutError";

  constructor() {
    super("Sign in again to go on.");
  }
}

/** Renewed this long before it expires, so that no request is refused for a clock that is a little off. */
const leeway = 60_000;
/** Between renewals, whatever the provider says; who needs a token sooner asks for it. */
const shortestDelay = 1_000;
/** What a timer can wait at most. */
const longestDelay = 2 ** 31 - 1;
/** After a renewal that could not reach the provider. */
const retryAfter = 15_000;

let state: SessionState = { status: "starting", subject: "", address: "", name: "" };
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

export function sessionState(): SessionState {
  return state;
}

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reads what is in store and follows it; called once, before the first render. */
export function startSession(): () => void {
  adopt(readTokens());
  const onStorage = (event: StorageEvent) => {
    if (event.key === tokensKey || event.key === null) adopt(readTokens());
  };
  const onWake = () => schedule(readTokens());
  addEventListener("storage", onStorage);
  addEventListener("online", onWake);
  document.addEventListener("visibilitychange", onWake);
  return () => {
    removeEventListener("storage", onStorage);
    removeEventListener("online", onWake);
    document.removeEventListener("visibilitychange", onWake);
    clearTimeout(timer);
  };
}

/** An access token that is good for a while; `refused` is one the server has just answered 401 to. */
export async function accessToken(refused?: string): Promise<string> {
  const tokens = readTokens();
  if (!tokens) {
    adopt(null);
    throw new SignedOutError();
  }
  if (state.status === "expired" && tokens.accessToken === expiredToken) throw new SignedOutError();
  const good = tokens.accessToken !== refused && tokens.expiresAt - Date.now() > 0;
  if (good) return tokens.accessToken;

  const outcome = take(await refresh(tokens.accessToken), tokens);
  if (outcome.kind === "fresh") return outcome.tokens.accessToken;
  if (outcome.kind === "unreachable") throw new TypeError("The server cannot be reached.", { cause: outcome.reason });
  throw new SignedOutError();
}

/** Leaves for the sign-in page, and comes back to the URL that is shown now, unless another is given. */
export async function signIn(
  locale: string,
  returnTo = location.pathname + location.search + location.hash,
): Promise<void> {
  location.assign(await authorizationUrl(returnTo, locale));
}

/**
 * Forgets the person on this browser, and leaves for the provider, which ends its session and this client's
 * (OpenID Connect RP-Initiated Logout 1.0). Revoking the refresh token (RFC 7009) before would end the identity token
 * too, and the provider would ask whether signing out is meant: that is for one that has no such page.
 */
export async function signOut(): Promise<void> {
  const tokens = readTokens();
  forgetEverything();
  removeTokens();
  adopt(null);
  if (!tokens) return;
  const { provider } = tokens;
  if (!provider.end_session_endpoint && provider.revocation_endpoint && tokens.refreshToken) {
    const body = new URLSearchParams({
      client_id: clientId,
      token: tokens.refreshToken,
      token_type_hint: "refresh_token",
    });
    await fetch(provider.revocation_endpoint, { method: "POST", body, keepalive: true, credentials: "omit" }).catch(
      () => undefined,
    );
  }
  if (!provider.end_session_endpoint) {
    location.assign("/");
    return;
  }
  const url = new URL(provider.end_session_endpoint, location.origin);
  url.searchParams.set("client_id", clientId);
  url.searchParams.set("post_logout_redirect_uri", `${location.origin}/`);
  if (tokens.idToken) url.searchParams.set("id_token_hint", tokens.idToken);
  location.assign(url.href);
}

let expiredToken: string | null = null;

function adopt(tokens: Tokens | null): void {
  if (!tokens) {
    expiredToken = null;
    clearTimeout(timer);
    forgetHere();
    set({ status: "signedOut", subject: "", address: "", name: "" });
    return;
  }
  if (tokens.accessToken === expiredToken) return;
  expiredToken = null;
  set({ status: "signedIn", subject: tokens.subject, address: tokens.address, name: tokens.name });
  schedule(tokens);
}

function take(outcome: RefreshOutcome, tokens: Tokens): RefreshOutcome {
  if (outcome.kind === "fresh") adopt(outcome.tokens);
  if (outcome.kind === "gone") adopt(readTokens());
  if (outcome.kind === "refused") {
    expiredToken = tokens.accessToken;
    clearTimeout(timer);
    set({ ...state, status: "expired" });
  }
  return outcome;
}

function schedule(tokens: Tokens | null, delay?: number): void {
  clearTimeout(timer);
  if (!tokens || state.status !== "signedIn") return;
  const remaining = tokens.expiresAt - Date.now();
  // Tokens that live shorter than the leeway are renewed half-way; a few tabs share them, and a little chance keeps
  // those from all waiting at the lock at once.
  const due = remaining - Math.min(leeway + Math.random() * 5_000, remaining / 2);
  timer = setTimeout(
    async () => {
      const outcome = take(await refresh(tokens.accessToken), tokens);
      if (outcome.kind === "unreachable") schedule(readTokens(), retryAfter);
    },
    delay ?? Math.min(Math.max(shortestDelay, due), longestDelay),
  );
}

function set(next: SessionState): void {
  const same = (Object.keys(next) as (keyof SessionState)[]).every((key) => next[key] === state[key]);
  if (same) return;
  state = next;
  for (const listener of listeners) listener();
}
