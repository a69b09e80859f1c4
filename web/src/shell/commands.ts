import type { ComponentType } from "react";
import { store } from "./store";

export type Icon = ComponentType<{ size?: number; stroke?: number }>;

/** Something a person can do from the palette. */
export interface Command {
  id: string;
  /** Of a text, with its namespace: `mail:compose`. */
  labelId: string;
  icon?: Icon;
  /** The keys that do the same, to be shown beside it. */
  keys?: string;
  run: () => void;
}

export interface SearchResult {
  id: string;
  title: string;
  subtitle?: string;
  icon?: Icon;
  run: () => void;
}

/** What an app finds for the palette. */
export interface SearchProvider {
  id: string;
  labelId: string;
  search: (query: string, signal: AbortSignal) => Promise<SearchResult[]>;
}

export const commands = store<readonly Command[]>([]);
export const searchProviders = store<readonly SearchProvider[]>([]);

/** Gives the function that takes them away again. */
export function registerCommands(added: readonly Command[]): () => void {
  commands.set([...commands.get(), ...added]);
  return () => commands.set(commands.get().filter((command) => !added.includes(command)));
}

/** Gives the function that takes it away again. */
export function registerSearchProvider(added: SearchProvider): () => void {
  searchProviders.set([...searchProviders.get(), added]);
  return () => searchProviders.set(searchProviders.get().filter((provider) => provider !== added));
}
