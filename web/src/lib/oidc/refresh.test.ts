import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refresh } from "./refresh";
import { readTokens, type Tokens, writeTokens } from "./tokens";

const tokens: Tokens = {
  accessToken: "access-1",
  refreshToken: "refresh-1",
  idToken: "id",
  expiresAt: 0,
  subject: "a1",
  address: "alice@example.org",
  name: "Alice",
  provider: { issuer: "http://localhost", authorization_endpoint: "/authorize", token_endpoint: "/token" },
};

/** A provider that rotates, and revokes the family when a refresh token comes twice (RFC 9700 §4.14.2). */
class Provider {
  spent = new Set<string>();
  isRevoked = false;
  asked: string[] = [];
  private count = 1;

  answer = async (_: unknown, init?: RequestInit): Promise<Response> => {
    const token = new URLSearchParams(String(init?.body)).get("refresh_token") ?? "";
    this.asked.push(token);
    await Promise.resolve();
    if (this.spent.has(token)) this.isRevoked = true;
    if (this.isRevoked) return Response.json({ error: "invalid_grant" }, { status: 400 });
    this.spent.add(token);
    this.count++;
    return Response.json({
      access_token: `access-${this.count}`,
      refresh_token: `refresh-${this.count}`,
      token_type: "Bearer",
      expires_in: 600,
    });
  };
}

/** What `navigator.locks` does, for the tabs of one browser, in the order of asking. */
function locks() {
  let queue: Promise<unknown> = Promise.resolve();
  return {
    request: (_: string, work: () => Promise<unknown>) => {
      const mine = queue.then(work);
      queue = mine.catch(() => undefined);
      return mine;
    },
  };
}

let provider: Provider;

beforeEach(() => {
  localStorage.clear();
  writeTokens(tokens);
  provider = new Provider();
  vi.stubGlobal("fetch", vi.fn(provider.answer));
});

afterEach(() => {
  Reflect.deleteProperty(navigator, "locks");
  vi.resetModules();
});

describe("refresh", () => {
  it("stores the rotated tokens and keeps who the person is", async () => {
    const before = Date.now();
    expect(await refresh("access-1")).toMatchObject({ kind: "fresh", tokens: { accessToken: "access-2" } });
    const stored = readTokens();
    expect(stored).toMatchObject({ refreshToken: "refresh-2", subject: "a1", idToken: "id" });
    expect(stored?.expiresAt).toBeGreaterThanOrEqual(before + 600_000);
  });

  it("asks once for many callers of one tab", async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => refresh("access-1")));
    expect(provider.asked).toEqual(["refresh-1"]);
    expect(outcomes.every((outcome) => outcome.kind === "fresh")).toBe(true);
  });

  it("never uses a refresh token twice over several tabs", async () => {
    Object.defineProperty(navigator, "locks", { value: locks(), configurable: true });
    const tabs = [];
    for (let tab = 0; tab < 5; tab++) {
      vi.resetModules();
      tabs.push((await import("./refresh")).refresh);
    }
    const outcomes = await Promise.all(tabs.map((ask) => ask("access-1")));
    expect(provider.asked).toEqual(["refresh-1"]);
    expect(provider.isRevoked).toBe(false);
    expect(outcomes.map((outcome) => outcome.kind === "fresh" && outcome.tokens.accessToken)).toEqual(
      Array(5).fill("access-2"),
    );
  });

  it("takes what another tab has brought instead of asking", async () => {
    writeTokens({ ...tokens, accessToken: "access-9", refreshToken: "refresh-9" });
    expect(await refresh("access-1")).toMatchObject({ kind: "fresh", tokens: { accessToken: "access-9" } });
    expect(provider.asked).toEqual([]);
  });

  it("says refused when the refresh token was used before", async () => {
    provider.spent.add("refresh-1");
    expect(await refresh("access-1")).toEqual({ kind: "refused" });
    expect(readTokens()?.refreshToken).toBe("refresh-1");
  });

  it("says refused when there is no refresh token", async () => {
    writeTokens({ ...tokens, refreshToken: null });
    expect(await refresh("access-1")).toEqual({ kind: "refused" });
  });

  it.each([
    ["the network is gone", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["the provider fails", () => Promise.resolve(new Response("", { status: 503 }))],
    ["a proxy answers with a page", () => Promise.resolve(new Response("<html>", { status: 200 }))],
  ])("keeps the tokens when %s", async (_, answer) => {
    vi.stubGlobal("fetch", answer);
    expect(await refresh("access-1")).toMatchObject({ kind: "unreachable" });
    expect(readTokens()).toEqual(tokens);
    vi.stubGlobal("fetch", provider.answer);
    expect(await refresh("access-1")).toMatchObject({ kind: "fresh" });
  });

  it("does not sign in again somebody who signed out meanwhile", async () => {
    vi.stubGlobal("fetch", async (input: unknown, init?: RequestInit) => {
      localStorage.clear();
      return provider.answer(input, init);
    });
    expect(await refresh("access-1")).toEqual({ kind: "gone" });
    expect(readTokens()).toBeNull();
  });
});
