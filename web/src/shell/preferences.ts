import { store } from "./store";

/** What a person prefers on this browser. Theme and language are kept by those who use them. */
export interface Preferences {
  /** Whether keys without Ctrl or ⌘ do something. */
  singleKeys: boolean;
  desktopNotifications: boolean;
}

const key = "bastide.preferences";
const initial: Preferences = { singleKeys: true, desktopNotifications: true, ...read() };

export const preferences = store<Preferences>(initial);

export function prefer(change: Partial<Preferences>): void {
  const next = { ...preferences.get(), ...change };
  localStorage.setItem(key, JSON.stringify(next));
  preferences.set(next);
}

function read(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Preferences>;
  } catch {
    return {};
  }
}
