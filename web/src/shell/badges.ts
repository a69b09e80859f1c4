import { store } from "./store";

/** What waits in each app, by its id. */
export const badges = store<Readonly<Record<string, number>>>({});

/** The number on the app's place in the rail; their sum is on the installed client's icon. */
export function setBadge(app: string, count: number): void {
  const next = { ...badges.get(), [app]: count };
  badges.set(next);
  const sum = Object.values(next).reduce((one, other) => one + other, 0);
  const installed = navigator as Navigator & { setAppBadge?: (count: number) => Promise<void> };
  // Only an installed client has an icon to write on; elsewhere the promise is rejected.
  installed.setAppBadge?.(sum).catch(() => undefined);
}
