import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PushChange } from "./push";

vi.mock("../oidc", () => ({
  authFetch: (input: string, init?: RequestInit) => fetch(input, init),
  onSessionChange: () => () => undefined,
  sessionState: () => ({ status: "signedIn", subject: "a1" }),
  SignedOutError: class extends Error {},
}));

/** One connection to the event source, from the server's side. */
interface Connection {
  url: string;
  lastEventId: string | null;
  send: (text: string) => void;
  close: () => void;
  wasCancelled: boolean;
}

let connections: Connection[];
let isUp: boolean;
let push: typeof import("./push");
let stop: () => void;
let changes: PushChange[];

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("BroadcastChannel", undefined);
  connections = [];
  changes = [];
  isUp = true;
  vi.stubGlobal("fetch", async (input: string, init?: RequestInit) => {
    if (input === "/jmap/session") {
      return Response.json({
        eventSourceUrl: "/jmap/eventsource/?types={types}&closeafter={closeafter}&ping={ping}",
        state: "s",
      });
    }
    if (!isUp) throw new TypeError("Failed to fetch");
    return connect(input, init);
  });
  vi.resetModules();
  push = await import("./push");
  push.subscribe(["Email", "Mailbox"], (change) => changes.push(change));
  stop = push.startPush();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

function connect(url: string, init?: RequestInit): Response {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const connection: Connection = {
    url,
    lastEventId: new Headers(init?.headers).get("Last-Event-ID"),
    send: (text) => controller.enqueue(encoder.encode(text)),
    close: () => controller.close(),
    wasCancelled: false,
  };
  const body = new ReadableStream<Uint8Array>({
    start: (given) => {
      controller = given;
      init?.signal?.addEventListener("abort", () => {
        connection.wasCancelled = true;
        given.error(new DOMException("", "AbortError"));
      });
    },
  });
  connections.push(connection);
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

async function connection(count: number): Promise<Connection> {
  await vi.waitFor(() => expect(connections).toHaveLength(count));
  return connections[count - 1] as Connection;
}

function state(id: number, types: Record<string, string>): string {
  const change = { "@type": "StateChange", changed: { a1: types } };
  return `event: state\r\nid: ${id}\r\ndata: ${JSON.stringify(change)}\r\n\r\n`;
}

describe("push", () => {
  it("asks for all types, to stay open, with pings", async () => {
    expect((await connection(1)).url).toBe("/jmap/eventsource/?types=*&closeafter=no&ping=30");
  });

  it("tells those who asked for the type, and no others", async () => {
    const others: PushChange[] = [];
    push.subscribe(["CalendarEvent"], (change) => others.push(change));
    const first = await connection(1);
    first.send(state(1, { Email: "5" }));
    await vi.waitFor(() => expect(changes).toEqual([{ accountId: "a1", states: { Email: "5" } }]));
    expect(others).toEqual([]);
  });

  it("reads events cut anywhere", async () => {
    const first = await connection(1);
    for (const letter of state(1, { Email: "é" })) first.send(letter);
    await vi.waitFor(() => expect(changes).toEqual([{ accountId: "a1", states: { Email: "é" } }]));
  });

  it("comes back from the last event it saw", async () => {
    const first = await connection(1);
    first.send(state(7, { Email: "5" }));
    await vi.waitFor(() => expect(changes).toHaveLength(1));
    first.close();
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await connection(2)).lastEventId).toBe("7");
    expect(changes).toHaveLength(1);
  });

  it("says to ask for all again when it cannot name the last event", async () => {
    (await connection(1)).close();
    await vi.advanceTimersByTimeAsync(2_000);
    await connection(2);
    await vi.waitFor(() => expect(changes).toEqual([{ accountId: null, states: {} }]));
  });

  it("waits longer after each failure, tells that the server is away, and that it is back", async () => {
    const first = await connection(1);
    isUp = false;
    const tried = vi.fn();
    push.onReachableChange(tried);
    first.close();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(push.isReachable()).toBe(false);
    expect(tried).toHaveBeenCalledTimes(1);
    isUp = true;
    await vi.advanceTimersByTimeAsync(80_000);
    await connection(2);
    expect(push.isReachable()).toBe(true);
  });

  it("tries at once when asked to", async () => {
    (await connection(1)).close();
    await vi.advanceTimersByTimeAsync(0);
    push.reconnect();
    await vi.advanceTimersByTimeAsync(0);
    await connection(2);
  });

  it("tries at once, and asks for all again, when the network is back", async () => {
    (await connection(1)).close();
    await vi.advanceTimersByTimeAsync(0);
    dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
    await connection(2);
    expect(changes).toContainEqual({ accountId: null, states: {} });
  });

  it("gives up a connection that has gone silent", async () => {
    const first = await connection(1);
    await vi.advanceTimersByTimeAsync(60_000);
    first.send("event: ping\ndata: {}\n\n");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(first.wasCancelled).toBe(false);
    await vi.advanceTimersByTimeAsync(35_000);
    expect(first.wasCancelled).toBe(true);
    await connection(2);
  });

  it("closes the stream when the session ends", async () => {
    const first = await connection(1);
    stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(first.wasCancelled).toBe(true);
    expect(connections).toHaveLength(1);
  });

  it("survives an event it cannot read", async () => {
    const first = await connection(1);
    first.send("event: state\ndata: not json\n\n");
    await vi.advanceTimersByTimeAsync(2_000);
    (await connection(2)).send(state(1, { Mailbox: "2" }));
    await vi.waitFor(() => expect(changes.at(-1)).toEqual({ accountId: "a1", states: { Mailbox: "2" } }));
  });
});
