import { useSyncExternalStore } from "react";
import { forget, keep, kept, keptKeys } from "../../../../lib/keep";
import type { Composition } from "../composition";
import type { DraftStatus } from "../draftSaver";
import { claim, isClaimed, unclaim } from "./tabLocks";

/** The messages being written, each in a window of its own. What is typed is kept on the device until it is on the server. */
export interface ComposeWindow {
  composition: Composition;
  mode: "floating" | "minimised" | "full";
  status: DraftStatus;
  /** The draft was changed elsewhere meanwhile; both are kept. */
  conflict: boolean;
  /** Counts loads of text from outside the editor, so that the editor takes it over. */
  revision: number;
}

/** What of a window outlives the page. */
type KeptWindow = Pick<ComposeWindow, "composition" | "mode">;

const prefix = "mail.compose.";
let windows: readonly ComposeWindow[] = [];
const listeners = new Set<() => void>();

export function composeWindows(): readonly ComposeWindow[] {
  return windows;
}

export function useComposeWindows(): readonly ComposeWindow[] {
  return useSyncExternalStore(subscribe, composeWindows);
}

export function composeWindow(key: string): ComposeWindow | undefined {
  return windows.find(({ composition }) => composition.key === key);
}

export function addWindow(composition: Composition, mode: ComposeWindow["mode"]): void {
  claim(prefix + composition.key);
  set([...windows, { composition, mode, status: "clean", conflict: false, revision: 0 }]);
  keepWindow(composition.key);
}

export function changeWindow(key: string, change: Partial<Omit<ComposeWindow, "composition">>): void {
  set(windows.map((window) => (window.composition.key === key ? { ...window, ...change } : window)));
  if (change.mode) keepWindow(key);
}

export function changeComposition(key: string, change: Partial<Composition>): Composition | undefined {
  let changed: Composition | undefined;
  set(
    windows.map((window) => {
      if (window.composition.key !== key) return window;
      changed = { ...window.composition, ...change };
      return { ...window, composition: changed };
    }),
  );
  if (changed) keepWindow(key);
  return changed;
}

/** Brings a window to the front, and up when it was minimised. */
export function raiseWindow(key: string): void {
  const window = composeWindow(key);
  if (window?.mode === "minimised") changeWindow(key, { mode: "floating" });
}

export function removeWindow(key: string): void {
  set(windows.filter(({ composition }) => composition.key !== key));
  forgetWindow(key);
}

function keepWindow(key: string): void {
  const window = composeWindow(key);
  if (window) keep(prefix + key, { composition: window.composition, mode: window.mode } satisfies KeptWindow);
}

function forgetWindow(key: string): void {
  forget(prefix + key);
  unclaim(prefix + key);
}

/** Windows left open when the page was closed or reloaded, as they stood, but for those that another tab still has. */
export async function keptWindows(): Promise<KeptWindow[]> {
  const found: KeptWindow[] = [];
  for (const name of keptKeys(prefix)) {
    const key = name.slice(prefix.length);
    if (composeWindow(key) || (await isClaimed(name))) continue;
    const window = kept<KeptWindow>(name);
    if (window?.composition) found.push(window);
  }
  return found;
}

function set(next: readonly ComposeWindow[]): void {
  windows = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
