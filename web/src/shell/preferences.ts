import { store } from "./store";

/** What a person prefers on this browser. Theme and language are kept by those who use them. */
export interface Preferences {
  /** Whether keys without Ctrl or ⌘ do something. */
  singleKeys: boolean;
  desktopNotifications: boolean;
}

const key = "bastide.preferences";

export const preferences = store<Preferences>(read());

// Changed in another tab.
addEventListener("storage", (event) => {
  if (event.key === key) preferences.set(read());
});

export function prefer(change: Partial<Preferences>): void {
  const next = { ...preferences.get(), ...change };
  localStorage.setItem(key, JSON.stringify(next));
  preferences.set(next);
}

function read(): Preferences {
  const initial: Preferences = { singleKeys: true, desktopNotifications: true };
  try {
    return { ...initial, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Preferences>) };
  } catch {
    return initial;
  }
}
