import "@fontsource-variable/inter/wght.css";
import "./ui/global.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { apps } from "./apps";
import { loadTexts, startI18n } from "./i18n";
import { session, startPush } from "./lib/jmap";
import { completeSignIn, SignInError, sessionState, startSession } from "./lib/oidc";
import { App } from "./shell/App";
import { startInstall } from "./shell/install";
import { startNotifications } from "./shell/notifications";
import { router } from "./shell/router";
import { startServiceWorker } from "./shell/serviceWorker";
import { startShortcuts } from "./shell/shortcuts";

const texts = startI18n();
const root = document.getElementById("root");
// Guests of booking pages have no account: nothing of the workplace is started for them.
if (location.pathname.startsWith("/book/")) await showBooking();
else await showWorkplace();

async function showBooking(): Promise<void> {
  const [{ default: Book, ahead }] = await Promise.all([import("./apps/book"), texts]);
  await ahead();
  if (root)
    createRoot(root).render(
      <StrictMode>
        <Book />
      </StrictMode>,
    );
}

async function showWorkplace(): Promise<void> {
  const signInFailure = location.pathname === "/callback" ? await takeCallback() : null;
  startSession();
  startNotifications();
  startShortcuts();
  startInstall();
  const isSignedIn = sessionState().status === "signedIn";
  if (isSignedIn) fetchAhead();
  startPush();
  await texts;
  // What the page shows from the first moment stays until there is something to show in its place.
  if (isSignedIn) await router.load().catch(() => undefined);

  if (root) {
    createRoot(root).render(
      <StrictMode>
        <App signInFailure={signInFailure} />
      </StrictMode>,
    );
  }
  // Fetching the whole client ahead would compete with what the first screen is waiting for.
  setTimeout(startServiceWorker, 3_000);
}

/** Back from the sign-in page: the address shown is again the one that the person left from. */
async function takeCallback(): Promise<SignInError | null> {
  try {
    const returnTo = await completeSignIn(new URL(location.href));
    history.replaceState(null, "", returnTo);
    return null;
  } catch (error) {
    history.replaceState(null, "", "/");
    return error instanceof SignInError ? error : new SignInError("failed", String(error));
  }
}

/** What the first screen needs is asked for while React starts, and not one after the other. */
function fetchAhead(): void {
  const app = apps.find(({ path }) => location.pathname.startsWith(path)) ?? apps[0];
  session().catch(() => undefined);
  app?.load().catch(() => undefined);
  if (app) loadTexts(app.id).catch(() => undefined);
}
