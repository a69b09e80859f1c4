import { registerSW } from "virtual:pwa-register";
import { navigateTo } from "./navigate";
import { store } from "./store";

/** Set when a newer client has been fetched and waits for the person to say when. */
export const newVersion = store<(() => void) | null>(null);

const checkEvery = 60 * 60_000;

/** Keeps the shell on the machine, so that it opens without a network. */
export function startServiceWorker(): void {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  const update = registerSW({
    immediate: true,
    onNeedRefresh: () => newVersion.set(() => void update(true)),
    onRegisteredSW: (_, registration) => {
      if (registration) setInterval(() => void registration.update().catch(() => undefined), checkEvery);
    },
  });
  navigator.serviceWorker.addEventListener("message", (event: MessageEvent<{ type?: string; path?: string }>) => {
    if (event.data?.type === "bastide.open" && event.data.path) navigateTo(event.data.path);
  });
}
