import { useSyncExternalStore } from "react";
import { authFetch, onSessionChange, SignedOutError, sessionState } from "../oidc";
import { errorOf, isOffline, JmapError, networkErrorOf } from "./error";
import type { JmapSession } from "./types";

/** The session resource (RFC 8620 §2), asked for once a person, and again when the server says that it has changed. */

let current: JmapSession | null = null;
let asking: Promise<JmapSession> | null = null;
const listeners = new Set<() => void>();
let subject = "";

onSessionChange(() => {
  const next = sessionState();
  if (next.status === "expired" || next.subject === subject) return;
  subject = next.subject;
  current = null;
  asking = null;
  refusal = null;
});

export function session(): Promise<JmapSession> {
  if (current) return Promise.resolve(current);
  asking ??= ask();
  return asking;
}

/** Called with the `sessionState` of each answer (RFC 8620 §3.4). */
export function sessionMayHaveChanged(state: string): void {
  if (!current || current.state === state || asking) return;
  asking = ask();
  // What is there stays good enough until the new one comes.
  asking.catch(() => undefined);
}

/** The account that a capability's data of this person lives in. */
export async function primaryAccount(capability = "urn:ietf:params:jmap:mail"): Promise<string> {
  const account = (await session()).primaryAccounts[capability];
  if (!account) throw new JmapError("accountNotFound", { description: `No account here has ${capability}.` });
  return account;
}

/**
 * Suspends until the session is there, however long the server cannot be reached or the person has to sign in again.
 * Throws what the server refuses.
 */
export function useJmapSession(): JmapSession {
  const found = useSyncExternalStore(onChange, () => current);
  if (found) return found;
  if (refusal) throw refusal;
  patience ??= waitForSession();
  throw patience;
}

/** Whether the server has something; not before the session is there. */
export function useCapability(uri: string | undefined): boolean {
  return useSyncExternalStore(onChange, () => uri === undefined || (current !== null && uri in current.capabilities));
}

let patience: Promise<void> | null = null;
let refusal: unknown = null;

async function waitForSession(): Promise<void> {
  try {
    for (let wait = 1_000; ; wait = Math.min(wait * 2, 30_000)) {
      try {
        await session();
        return;
      } catch (error) {
        if (!isOffline(error) && !(error instanceof SignedOutError)) throw error;
      }
      await pause(wait);
    }
  } catch (error) {
    refusal = error;
  } finally {
    patience = null;
  }
}

/** Until then, or until the network or the person is back. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      undo();
      resolve();
    };
    const timer = setTimeout(end, ms);
    const undo = onSessionChange(end);
    addEventListener("online", end);
  });
}

function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function ask(): Promise<JmapSession> {
  const mine = fetchSession();
  try {
    const found = await mine;
    current = found;
    for (const listener of listeners) listener();
    return found;
  } finally {
    asking = null;
  }
}

async function fetchSession(): Promise<JmapSession> {
  try {
    const response = await authFetch("/jmap/session", { headers: { Accept: "application/json" } });
    if (!response.ok) throw errorOf(response.status, await response.text());
    return (await response.json()) as JmapSession;
  } catch (error) {
    throw networkErrorOf(error);
  }
}
