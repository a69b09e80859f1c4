import { useEffect, useRef } from "react";
import { authFetch, onSessionChange, SignedOutError, sessionState } from "../oidc";
import { expand } from "./blobs";
import { errorOf, isOffline, networkErrorOf } from "./error";
import { events } from "./eventStream";
import { session } from "./session";
import type { StateChange } from "./types";

/**
 * Push over the event source (RFC 8620 §7.3). One tab of the browser holds the stream, and tells the others: over
 * HTTP/1.1 a browser opens six connections to a server, and as many tabs would leave none for anything else.
 * The tab that holds the lock is the one; when it closes, the next takes over from the last event any of them saw.
 */

export interface PushChange {
  /** Null: something may have been missed, whatever is shown is asked for again. */
  accountId: string | null;
  /** The types that have changed, and their new states. */
  states: Record<string, string>;
}

/** What is pushed whole and not as a state, such as a CalendarAlert; by its `@type`. */
export interface PushedObject {
  "@type": string;
  [property: string]: unknown;
}

type Listener = (change: PushChange) => void;
type Note =
  | { kind: "object"; object: PushedObject; lastEventId?: string }
  | { kind: "change"; changed: StateChange["changed"]; lastEventId?: string }
  | { kind: "resync" }
  | { kind: "reachable"; yes: boolean };

const lockName = "bastide.push";
const pingSeconds = 30;
/** Two pings may be late; three are not: the connection is dead and does not know it. */
const silence = pingSeconds * 3 * 1000;
const shortestWait = 1_000;
const longestWait = 60_000;

const subscriptions = new Map<Listener, ReadonlySet<string>>();
const objectListeners = new Set<(object: PushedObject) => void>();
let lastEventId: string | undefined;
let channel: BroadcastChannel | undefined;
let stop: (() => void) | undefined;
/** Ends the wait before the next attempt. */
let wake: (() => void) | undefined;
let serverReachable = true;
const reachableListeners = new Set<() => void>();
/** One failure is a restart or a change of network; two are news for the person. */
const failuresToTell = 2;

/** Calls the listener when one of the types changes, in any account the person may see. */
export function subscribe(types: readonly string[], listener: Listener): () => void {
  subscriptions.set(listener, new Set(types));
  return () => {
    subscriptions.delete(listener);
  };
}

/** Calls the listener with whatever is pushed whole, in every tab. */
export function subscribePushed(listener: (object: PushedObject) => void): () => void {
  objectListeners.add(listener);
  return () => {
    objectListeners.delete(listener);
  };
}

/** {@link subscribe} for as long as the component is shown. */
export function useStateChange(types: readonly string[], callback: Listener): void {
  const newest = useRef(callback);
  newest.current = callback;
  const key = types.join();
  useEffect(() => subscribe(key.split(","), (change) => newest.current(change)), [key]);
}

/** Whether the server was there when last tried; any tab that tries tells the others. */
export function isReachable(): boolean {
  return serverReachable;
}

export function onReachableChange(listener: () => void): () => void {
  reachableListeners.add(listener);
  return () => reachableListeners.delete(listener);
}

/** Tries at once instead of waiting for the next attempt, where this tab is the one that tries. */
export function reconnect(): void {
  wake?.();
}

/** Follows the session: the stream is open while somebody is signed in. Called once, at the start. */
export function startPush(): () => void {
  const follow = () => {
    const signedIn = sessionState().status === "signedIn";
    if (signedIn && !stop) stop = open();
    if (!signedIn && stop) {
      stop();
      stop = undefined;
      if (sessionState().status === "signedOut") lastEventId = undefined;
    }
  };
  follow();
  const undo = onSessionChange(follow);
  return () => {
    undo();
    stop?.();
    stop = undefined;
  };
}

function open(): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(lockName);
  if (channel) channel.onmessage = (event: MessageEvent<Note>) => hear(event.data);

  let hiddenAt = 0;
  const onVisibility = () => {
    if (document.hidden) {
      hiddenAt = Date.now();
      return;
    }
    wake?.();
    // A machine that slept, or a page that was frozen, has seen nothing of what happened.
    if (hiddenAt && Date.now() - hiddenAt > silence) hear({ kind: "resync" });
  };
  const onOnline = () => {
    wake?.();
    hear({ kind: "resync" });
  };
  addEventListener("online", onOnline, { signal });
  document.addEventListener("visibilitychange", onVisibility, { signal });

  const holding = navigator.locks
    ? navigator.locks.request(lockName, { signal }, () => listen(signal))
    : listen(signal);
  holding.catch(() => undefined);

  return () => {
    ending.abort();
    wake?.();
    channel?.close();
    channel = undefined;
  };
}

/** Holds the stream, and opens it again with growing patience, until the signal says to stop. */
async function listen(signal: AbortSignal): Promise<void> {
  let wait = shortestWait;
  let first = true;
  let failures = 0;
  while (!signal.aborted) {
    try {
      await readOnce(signal, () => {
        wait = shortestWait;
        failures = 0;
        if (!serverReachable) tell({ kind: "reachable", yes: true });
        // The server sends what followed the last event; without one to name, what happened meanwhile is unknown.
        if (!first && lastEventId === undefined) tell({ kind: "resync" });
        first = false;
      });
    } catch (error) {
      if (error instanceof SignedOutError) {
        // It was the server who said so.
        if (!serverReachable) tell({ kind: "reachable", yes: true });
        return;
      }
      if (isOffline(networkErrorOf(error)) && ++failures === failuresToTell) tell({ kind: "reachable", yes: false });
    }
    if (signal.aborted) return;
    await patience(wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, longestWait);
  }
}

async function readOnce(signal: AbortSignal, opened: () => void): Promise<void> {
  const connection = new AbortController();
  const end = () => connection.abort();
  signal.addEventListener("abort", end, { once: true });
  let watchdog = setTimeout(end, silence);
  try {
    const url = expand((await session()).eventSourceUrl, { types: "*", closeafter: "no", ping: String(pingSeconds) });
    const headers: Record<string, string> = { Accept: "text/event-stream" };
    if (lastEventId !== undefined) headers["Last-Event-ID"] = lastEventId;
    const response = await authFetch(url, { headers, signal: connection.signal, cache: "no-store" });
    if (!response.ok || !response.body) throw errorOf(response.status, await response.text());
    opened();
    for await (const event of events(response.body)) {
      clearTimeout(watchdog);
      watchdog = setTimeout(end, silence);
      if (event.id !== undefined) lastEventId = event.id || undefined;
      if (event.event === "state") tell({ kind: "change", changed: changesIn(event.data), lastEventId });
      if (event.event === "calendarAlert")
        tell({ kind: "object", object: JSON.parse(event.data) as PushedObject, lastEventId });
    }
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener("abort", end);
  }
}

/**
 * What was pushed whole to the person lately, whichever device heard it: the stream is asked from the beginning for these
 * types alone, and left when it has told what there is.
 */
export async function pushedLately(types: readonly string[], accountId: string): Promise<PushedObject[]> {
  const connection = new AbortController();
  const url = expand((await session()).eventSourceUrl, { types: types.join(), closeafter: "no", ping: "5" });
  const headers = { Accept: "text/event-stream", "Last-Event-ID": `${accountId}:0` };
  const response = await authFetch(url, { headers, signal: connection.signal, cache: "no-store" });
  if (!response.ok || !response.body) throw errorOf(response.status, await response.text());
  const found: PushedObject[] = [];
  for await (const event of events(response.body)) {
    if (event.event === "calendarAlert") found.push(JSON.parse(event.data) as PushedObject);
    // What there is comes at once, and its last event has an id; silence up to the first ping means that there is nothing.
    if (event.event === "ping" || event.id !== undefined) break;
  }
  connection.abort();
  return found;
}

function changesIn(data: string): StateChange["changed"] {
  return (JSON.parse(data) as StateChange).changed ?? {};
}

function tell(note: Note): void {
  hear(note);
  channel?.postMessage(note);
}

function hear(note: Note): void {
  if (note.kind === "resync") {
    for (const listener of [...subscriptions.keys()]) listener({ accountId: null, states: {} });
    return;
  }
  if (note.kind === "reachable") {
    if (serverReachable === note.yes) return;
    serverReachable = note.yes;
    for (const listener of reachableListeners) listener();
    return;
  }
  if (note.lastEventId !== undefined) lastEventId = note.lastEventId;
  if (note.kind === "object") {
    for (const listener of [...objectListeners]) listener(note.object);
    return;
  }
  for (const [accountId, states] of Object.entries(note.changed)) {
    for (const [listener, types] of [...subscriptions]) {
      if (Object.keys(states).some((type) => types.has(type))) listener({ accountId, states });
    }
  }
}

function patience(ms: number): Promise<void> {
  return new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  }).then(() => {
    wake = undefined;
  });
}
