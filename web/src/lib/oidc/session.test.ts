import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keep, kept } from "../keep";
import { type Tokens, tokensKey, writeTokens } from "./tokens";

const tokens: Tokens = {
  accessToken: "access-1",
  refreshToken: "refresh-1",
  idToken: null,
  expiresAt: Date.now() + 3_600_000,
  subject: "a1",
  address: "alice@example.org",
  name: "Alice",
  provider: { issuer: "http://localhost", authorization_endpoint: "/authorize", token_endpoint: "/token" },
};

let session: typeof import("./session");
let authFetch: typeof import("./authFetch").authFetch;
let stop: () => void;

/** Starts a tab over what is in store, with a server that knows these access tokens. */
async function start(stored: Tokens | null, good: string[], renew: () => Response): Promise<ReturnType<typeof vi.fn>> {
  localStorage.clear();
  if (stored) writeTokens(stored);
  vi.resetModules();
  session = await import("./session");
  authFetch = (await import("./authFetch")).authFetch;
  const fetched = vi.fn(async (input: string | URL, init?: RequestInit) => {
    if (String(input) === "/token") return renew();
    const token = new Headers(init?.headers).get("Authorization")?.replace("Bearer ", "") ?? "";
    return good.includes(token) ? new Response("ok") : new Response("", { status: 401 });
  });
  vi.stubGlobal("fetch", fetched);
  stop = session.startSession();
  return fetched;
}

const renewed = () =>
  Response.json({ access_token: "access-2", token_type: "Bearer", refresh_token: "r2", expires_in: 60 });
const refused = () => Response.json({ error: "invalid_grant" }, { status: 400 });

beforeEach(() => {
  vi.useFakeTimers({ now: Date.now() });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe("the session", () => {
  it("is signed out when nothing is in store", async () => {
    await start(null, [], refused);
    expect(session.sessionState().status).toBe("signedOut");
    await expect(authFetch("/x")).rejects.toBeInstanceOf(session.SignedOutError);
  });

  it("renews before the token expires", async () => {
    const fetched = await start({ ...tokens, expiresAt: Date.now() + 120_000 }, ["access-2"], renewed);
    await vi.advanceTimersByTimeAsync(50_000);
    expect(fetched).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(await (await authFetch("/x")).text()).toBe("ok");
  });

  it("renews first when the token is known to have expired", async () => {
    const fetched = await start({ ...tokens, expiresAt: Date.now() - 1 }, ["access-2"], renewed);
    expect((await authFetch("/x")).status).toBe(200);
    expect(fetched.mock.calls.map(([input]) => input)).toEqual(["/token", "/x"]);
  });

  it("renews once and asks again after a 401", async () => {
    const fetched = await start(tokens, ["access-2"], renewed);
    const answers = await Promise.all([authFetch("/x"), authFetch("/y"), authFetch("/z")]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(fetched.mock.calls.filter(([input]) => input === "/token")).toHaveLength(1);
  });

  it("gives a second 401 back instead of asking for ever", async () => {
    await start(tokens, [], renewed);
    expect((await authFetch("/x")).status).toBe(401);
  });

  it("is expired, not signed out, when renewing is refused, and keeps what was typed", async () => {
    await start(tokens, [], refused);
    keep("draft", "Dear Bob");
    await expect(authFetch("/x")).rejects.toBeInstanceOf(session.SignedOutError);
    expect(session.sessionState()).toMatchObject({ status: "expired", address: "alice@example.org" });
    expect(kept("draft")).toBe("Dear Bob");
  });

  it("asks the provider nothing more once refused", async () => {
    const fetched = await start(tokens, [], refused);
    await expect(authFetch("/x")).rejects.toThrow();
    fetched.mockClear();
    await expect(authFetch("/x")).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(fetched).not.toHaveBeenCalled();
  });

  it("goes on when another tab has signed in again", async () => {
    await start(tokens, ["access-5"], refused);
    await expect(authFetch("/x")).rejects.toThrow();
    writeTokens({ ...tokens, accessToken: "access-5", refreshToken: "refresh-5" });
    dispatchEvent(new StorageEvent("storage", { key: tokensKey }));
    expect(session.sessionState().status).toBe("signedIn");
    expect((await authFetch("/x")).status).toBe(200);
  });

  it("is signed out when another tab signs out", async () => {
    await start(tokens, [], refused);
    localStorage.clear();
    dispatchEvent(new StorageEvent("storage", { key: null }));
    expect(session.sessionState()).toMatchObject({ status: "signedOut", address: "" });
  });

  it("stays signed in while the provider cannot be reached, and tries again", async () => {
    let isUp = false;
    const answer = () => {
      if (!isUp) throw new TypeError("Failed to fetch");
      return renewed();
    };
    await start({ ...tokens, expiresAt: Date.now() + 30_000 }, ["access-2"], answer);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(session.sessionState().status).toBe("signedIn");
    isUp = true;
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await authFetch("/x")).status).toBe(200);
  });

  it("forgets what was kept on signing out", async () => {
    await start(tokens, [], refused);
    keep("draft", "Dear Bob");
    await session.signOut().catch(() => undefined);
    expect(Object.keys(localStorage)).toEqual([]);
  });
});
