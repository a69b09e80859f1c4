import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Invocation, JmapSession } from "./types";

vi.mock("../oidc", () => ({
  authFetch: (input: string, init?: RequestInit) => fetch(input, init),
  onSessionChange: () => () => undefined,
  sessionState: () => ({ status: "signedIn", subject: "a1" }),
  SignedOutError: class extends Error {},
}));

const sessionResource = {
  capabilities: { "urn:ietf:params:jmap:core": {}, "urn:ietf:params:jmap:mail": {} },
  primaryAccounts: { "urn:ietf:params:jmap:mail": "a1" },
  apiUrl: "/jmap/api",
  state: "s1",
} as unknown as JmapSession;

let jmap: typeof import("./index");
let asked: { using: string[]; methodCalls: Invocation[] }[];
let sessionsAsked: number;

/** A server that answers the API so. */
async function server(answer: () => Response): Promise<void> {
  vi.resetModules();
  jmap = await import("./index");
  asked = [];
  sessionsAsked = 0;
  vi.stubGlobal("fetch", async (input: string, init?: RequestInit) => {
    if (input === "/jmap/session") {
      sessionsAsked++;
      return Response.json(sessionResource);
    }
    asked.push(JSON.parse(String(init?.body)));
    return answer();
  });
}

const answers = (methodResponses: Invocation[], sessionState = "s1") =>
  Response.json({ methodResponses, sessionState });

beforeEach(() => vi.resetModules());

describe("a request", () => {
  it("uses what the client knows and the server has, over one session", async () => {
    await server(() => answers([["Mailbox/get", { list: [] }, "0"]]));
    await jmap.call("Mailbox/get", { accountId: "a1" });
    await jmap.call("Mailbox/get", { accountId: "a1" });
    expect(asked[0]?.using).toEqual(["urn:ietf:params:jmap:core", "urn:ietf:params:jmap:mail"]);
    expect(sessionsAsked).toBe(1);
  });

  it("carries back-references", async () => {
    await server(() =>
      answers([
        ["Email/query", { ids: ["e1"] }, "q"],
        ["Email/get", { list: [{ id: "e1" }] }, "g"],
      ]),
    );
    const responses = await jmap.request([
      ["Email/query", { accountId: "a1" }, "q"],
      ["Email/get", { accountId: "a1", "#ids": jmap.ref("q", "Email/query", "/ids") }, "g"],
    ]);
    expect(asked[0]?.methodCalls[1]?.[1]).toEqual({
      accountId: "a1",
      "#ids": { resultOf: "q", name: "Email/query", path: "/ids" },
    });
    expect(jmap.result<{ list: unknown[] }>(responses, "g").list).toEqual([{ id: "e1" }]);
  });

  it("finds the answer of a method called implicitly", async () => {
    const responses: Invocation[] = [
      ["EmailSubmission/set", { created: {} }, "s"],
      ["Email/set", { updated: { e1: null } }, "s"],
    ];
    await server(() => answers(responses));
    expect(jmap.result(responses, "s")).toEqual({ created: {} });
    expect(jmap.result(responses, "s", "Email/set")).toEqual({ updated: { e1: null } });
  });

  it("throws a method's error with its type and words", async () => {
    await server(() => answers([["error", { type: "stateMismatch", description: "Somebody else was first." }, "0"]]));
    await expect(jmap.call("Email/set", {})).rejects.toMatchObject({
      name: "JmapError",
      type: "stateMismatch",
      description: "Somebody else was first.",
    });
  });

  it("throws a whole request's problem with its limit", async () => {
    const problem = { type: "urn:ietf:params:jmap:error:limit", limit: "maxSizeRequest", detail: "Too large." };
    await server(() => Response.json(problem, { status: 400 }));
    await expect(jmap.call("Email/get", {})).rejects.toMatchObject({
      type: "limit",
      limit: "maxSizeRequest",
      status: 400,
      description: "Too large.",
    });
  });

  it.each([502, 503, 504])("treats %i as a server not reached", async (status) => {
    await server(() => new Response("<html>", { status }));
    const error = await jmap.call("Email/get", {}).catch((reason: unknown) => reason);
    expect(jmap.isOffline(error)).toBe(true);
  });

  it("tells no network apart from a refusal", async () => {
    await server(() => {
      throw new TypeError("Failed to fetch");
    });
    const error = await jmap.call("Email/get", {}).catch((reason: unknown) => reason);
    expect(jmap.isOffline(error)).toBe(true);
    expect(jmap.isOffline(new jmap.JmapError("forbidden"))).toBe(false);
  });

  it("fails when the server leaves a call unanswered", async () => {
    await server(() => answers([]));
    await expect(jmap.call("Email/get", {})).rejects.toMatchObject({ type: "serverFail" });
  });

  it("asks for the session again when its state has changed", async () => {
    await server(() => answers([["Mailbox/get", {}, "0"]], "s2"));
    await jmap.call("Mailbox/get", {});
    await vi.waitFor(() => expect(sessionsAsked).toBe(2));
  });

  it("tells which object of a set was refused", async () => {
    await server(() => answers([]));
    const response = { accountId: "a1", oldState: null, newState: "1", notUpdated: { e1: { type: "forbidden" } } };
    expect(() => jmap.throwIfRefused(response, "e1")).toThrow(jmap.JmapError);
    expect(() => jmap.throwIfRefused(response, "e2")).not.toThrow();
  });
});
