import { beforeEach, describe, expect, it, vi } from "vitest";
import { challengeOf } from "./pkce";
import { authorizationUrl, completeSignIn } from "./signIn";
import { readTokens } from "./tokens";

const issuer = "http://localhost:3000/";
const provider = {
  issuer,
  authorization_endpoint: "http://localhost:3000/connect/authorize",
  token_endpoint: "http://localhost:3000/connect/token",
};

let idToken: Record<string, unknown>;
let form: URLSearchParams;

function jwt(claims: Record<string, unknown>): string {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  const payload = btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  return `e30.${payload}.x`;
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  vi.stubGlobal("fetch", async (input: string, init?: RequestInit) => {
    if (input.endsWith("openid-configuration")) return Response.json(provider);
    form = init?.body as URLSearchParams;
    return Response.json({
      access_token: "access",
      refresh_token: "refresh",
      token_type: "Bearer",
      expires_in: 600,
      id_token: jwt(idToken),
    });
  });
});

/** Leaves for the provider, and gives what it was asked. */
async function leave(returnTo = "/mail/inbox?q=été"): Promise<URLSearchParams> {
  const asked = new URL(await authorizationUrl(returnTo, "fr")).searchParams;
  idToken = {
    iss: issuer,
    sub: "a1",
    aud: "bastide-web",
    exp: 0,
    nonce: asked.get("nonce"),
    email: "é@x.org",
    name: "Zoé",
  };
  return asked;
}

function callback(values: Record<string, string | null>): URL {
  const url = new URL("http://localhost:3000/callback");
  for (const [name, value] of Object.entries(values)) if (value !== null) url.searchParams.set(name, value);
  return url;
}

describe("signing in", () => {
  it("asks with PKCE and comes back to the same address", async () => {
    const asked = await leave();
    expect(asked.get("response_type")).toBe("code");
    expect(asked.get("client_id")).toBe("bastide-web");
    expect(asked.get("code_challenge_method")).toBe("S256");
    expect(asked.get("ui_locales")).toBe("fr");
    expect(await completeSignIn(callback({ code: "c", state: asked.get("state"), iss: issuer }))).toBe(
      "/mail/inbox?q=été",
    );
    expect(await challengeOf(form.get("code_verifier") ?? "")).toBe(asked.get("code_challenge"));
    expect(readTokens()).toMatchObject({ subject: "a1", address: "é@x.org", name: "Zoé", refreshToken: "refresh" });
  });

  it("computes the challenge of RFC 7636, appendix B", async () => {
    expect(await challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe(
      "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    );
  });

  it("uses an answer once only", async () => {
    const asked = await leave();
    const answer = callback({ code: "c", state: asked.get("state") });
    await completeSignIn(answer);
    form = new URLSearchParams();
    expect(await completeSignIn(answer)).toBe("/");
    expect(form.size).toBe(0);
  });

  it("asks nothing of the provider for a state it never gave out", async () => {
    await leave();
    form = new URLSearchParams();
    expect(await completeSignIn(callback({ code: "c", state: "forged" }))).toBe("/");
    expect(form.size).toBe(0);
    expect(readTokens()).toBeNull();
  });

  it.each([
    ["the answer names another issuer", {}, { iss: "https://evil.example" }],
    ["the token names another issuer", { iss: "https://evil.example" }, {}],
    ["the token is for another client", { aud: ["someone"] }, {}],
    ["the nonce is another one", { nonce: "n" }, {}],
  ])("refuses when %s", async (_, claims, parameters) => {
    const asked = await leave();
    idToken = { ...idToken, ...claims };
    const answer = callback({ code: "c", state: asked.get("state"), ...parameters });
    await expect(completeSignIn(answer)).rejects.toMatchObject({ code: "failed", returnTo: "/mail/inbox?q=été" });
    expect(readTokens()).toBeNull();
  });

  it("tells what the provider said when it declines", async () => {
    const asked = await leave();
    const answer = callback({ error: "access_denied", state: asked.get("state") });
    await expect(completeSignIn(answer)).rejects.toMatchObject({
      code: "access_denied",
      returnTo: "/mail/inbox?q=été",
    });
  });
});
