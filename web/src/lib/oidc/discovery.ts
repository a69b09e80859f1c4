/** What the client needs of the provider's metadata (OpenID Connect Discovery 1.0 §3, RFC 8414). */
export interface Provider {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  end_session_endpoint?: string;
  revocation_endpoint?: string;
}

export async function discover(): Promise<Provider> {
  const response = await fetch("/.well-known/openid-configuration", { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`The sign-in service answered ${response.status}.`);
  return (await response.json()) as Provider;
}
