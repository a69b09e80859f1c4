import type { Provider } from "./discovery";

/**
 * The tokens of the person signed in, shared by every tab through localStorage: one refresh token family a browser,
 * so that rotation in one tab is seen by the others. A change made by another tab arrives as a `storage` event.
 */
export interface Tokens {
  accessToken: string;
  refreshToken: string | null;
  idToken: string | null;
  /** Milliseconds since 1970, by this machine's clock. */
  expiresAt: number;
  subject: string;
  address: string;
  name: string;
  provider: Provider;
}

export const tokensKey = "bastide.tokens";

export function readTokens(): Tokens | null {
  const text = localStorage.getItem(tokensKey);
  if (!text) return null;
  try {
    return JSON.parse(text) as Tokens;
  } catch {
    localStorage.removeItem(tokensKey);
    return null;
  }
}

export function writeTokens(tokens: Tokens): void {
  localStorage.setItem(tokensKey, JSON.stringify(tokens));
}

export function removeTokens(): void {
  localStorage.removeItem(tokensKey);
}

/** The answer of the token endpoint, RFC 6749 §5.1 with OpenID Connect's `id_token`. */
export interface TokenResponse {
  access_token: string;
  token_type: string;
  expires_in?: number;
  refresh_token?: string;
  id_token?: string;
}

export interface IdTokenClaims {
  iss: string;
  sub: string;
  aud: string | string[];
  exp: number;
  nonce?: string;
  email?: string;
  name?: string;
  preferred_username?: string;
}

/**
 * Reads the claims without checking the signature: the token came from the token endpoint itself
 * (OpenID Connect Core 1.0 §3.1.3.7, point 6).
 */
export function claimsOf(idToken: string): IdTokenClaims {
  const payload = idToken.split(".")[1];
  if (!payload) throw new Error("The identity token is not a JWT.");
  const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as IdTokenClaims;
}

/** When the answer does not say how long it lasts, it is tried for this long. */
const defaultLifetime = 300;

export function merged(response: TokenResponse, now: number): Pick<Tokens, "accessToken" | "expiresAt"> {
  return {
    accessToken: response.access_token,
    expiresAt: now + (response.expires_in ?? defaultLifetime) * 1000,
  };
}
