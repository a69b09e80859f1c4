import { useSyncExternalStore } from "react";
import { keep, kept } from "../../../lib/keep";

/** How a person likes their mail on this device. */
export interface Preferences {
  remoteImages: "ask" | "always" | "never";
  /** Senders whose remote images are always shown. */
  imageSenders: string[];
  /** Seconds during which sending can be undone; 0 sends at once. */
  undoSeconds: number;
  /** What is opened when the open conversation leaves the list. */
  afterMove: "next" | "list";
  collapsedSections: string[];
  recentSearches: string[];
  /** The person closed the hint that offers desktop notifications. */
  notificationsAsked: boolean;
  foldersHidden: boolean;
}

const key = "mail.preferences";
export const undoChoices = [0, 5, 10, 20, 30];

const defaults: Preferences = {
  remoteImages: "ask",
  imageSenders: [],
  undoSeconds: 10,
  afterMove: "next",
  collapsedSections: [],
  recentSearches: [],
  notificationsAsked: false,
  foldersHidden: false,
};

let current: Preferences | null = null;
const listeners = new Set<() => void>();

export function preferences(): Preferences {
  current ??= { ...defaults, ...kept<Partial<Preferences>>(key) };
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...preferences(), ...change };
  keep(key, current);
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const mostSearches = 8;

export function rememberSearch(text: string): void {
  const others = preferences().recentSearches.filter((search) => search !== text);
  setPreferences({ recentSearches: [text, ...others].slice(0, mostSearches) });
}

export function allowImagesOf(sender: string): void {
  const senders = preferences().imageSenders;
  if (!senders.includes(sender.toLowerCase())) setPreferences({ imageSenders: [...senders, sender.toLowerCase()] });
}
