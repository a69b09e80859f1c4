import { store } from "./store";

/** Chromium's offer to install the client; other browsers have it in their own menus only. */
interface InstallOffer extends Event {
  prompt: () => Promise<void>;
}

export const installOffer = store<InstallOffer | null>(null);

export function startInstall(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    installOffer.set(event as InstallOffer);
  });
  addEventListener("appinstalled", () => installOffer.set(null));
}

export async function install(): Promise<void> {
  const offer = installOffer.get();
  installOffer.set(null);
  await offer?.prompt();
}
