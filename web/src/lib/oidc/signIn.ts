import { discover, type Provider } from "./discovery";
import { challengeOf, randomToken } from "./pkce";
import { clientId } from "./refresh";
import { claimsOf, merged, readTokens, type TokenResponse, type Tokens, writeTokens } from "./tokens";

/** Authorization code with PKCE (RFC 7636), in this tab: away to the provider's sign-in page, and back to the same URL. */

const scopes = "openid profile email offline_access mail calendar contacts admin";
const pendingPrefix = "bastide.signin.";

interface Pending {
  verifier: string;
  nonce: string;
  returnTo: string;
  provider: Provider;
}

export class SignInError extends Error {
  override name = "SignInError";

  constructor(
    /** The provider's `error` (RFC 6749 §4.1.2.1), or `failed` when it is not the provider who says so. */
    readonly code: string,
    message: string,
    readonly returnTo: string = "/",
  ) {
    super(message);
  }
}

export function redirectUri(): string {
  return `${location.origin}/callback`;
}

/** The address of the sign-in page, everything it takes to come back being put aside in this tab. */
export async function authorizationUrl(returnTo: string, locale: string): Promise<string> {
  if (!globalThis.crypto?.subtle) {
    throw new SignInError("insecure", "Signing in needs HTTPS: ask your administrator for the secure address.");
  }
  const provider = await discover();
  const state = randomToken(16);
  const pending: Pending = { verifier: randomToken(), nonce: randomToken(16), returnTo, provider };
  sessionStorage.setItem(pendingPrefix + state, JSON.stringify(pending));

  const url = new URL(provider.authorization_endpoint, location.origin);
  const parameters: Record<string, string> = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri(),
    scope: scopes,
    state,
    nonce: pending.nonce,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: "S256",
    ui_locales: locale,
  };
  const before = readTokens();
  if (before) parameters.login_hint = before.address;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Takes the provider's answer at the redirect URI, and gives the URL within the client to go on with. */
export async function completeSignIn(callback: URL): Promise<string> {
  const state = callback.searchParams.get("state") ?? "";
  const text = sessionStorage.getItem(pendingPrefix + state);
  sessionStorage.removeItem(pendingPrefix + state);
  // Reached by the Back button or a bookmark: there is nothing to complete, the client starts as from its address.
  if (!text) return "/";

  const pending = JSON.parse(text) as Pending;
  const failed = (message: string) => new SignInError("failed", message, pending.returnTo);
  const error = callback.searchParams.get("error");
  if (error) {
    const description = callback.searchParams.get("error_description");
    throw new SignInError(error, description ?? error, pending.returnTo);
  }
  // RFC 9207: the answer must come from the provider that was asked.
  const issuer = callback.searchParams.get("iss");
  if (issuer && issuer !== pending.provider.issuer) throw failed("The answer came from another sign-in service.");
  const code = callback.searchParams.get("code");
  if (!code) throw failed("The answer of the sign-in service has no code.");

  writeTokens(await exchange(code, pending, failed));
  return pending.returnTo;
}

async function exchange(code: string, pending: Pending, failed: (message: string) => SignInError): Promise<Tokens> {
  const response = await fetch(pending.provider.token_endpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      code,
      redirect_uri: redirectUri(),
      code_verifier: pending.verifier,
    }),
    credentials: "omit",
  });
  if (!response.ok) throw failed(`The sign-in service answered ${response.status}.`);
  const answer = (await response.json()) as TokenResponse;
  if (!answer.id_token) throw failed("The sign-in service gave no identity token.");

  // OpenID Connect Core 1.0 §3.1.3.7.
  const claims = claimsOf(answer.id_token);
  const audience = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (claims.iss !== pending.provider.issuer) throw failed("The identity token is of another sign-in service.");
  if (!audience.includes(clientId)) throw failed("The identity token is meant for another application.");
  if (claims.nonce !== pending.nonce) throw failed("The identity token belongs to another sign-in.");

  const address = claims.email ?? claims.preferred_username ?? "";
  return {
    ...merged(answer, Date.now()),
    refreshToken: answer.refresh_token ?? null,
    idToken: answer.id_token,
    subject: claims.sub,
    address,
    name: claims.name || address,
    provider: pending.provider,
  };
}
