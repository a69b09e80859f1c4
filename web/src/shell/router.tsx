import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type SearchSchemaInput,
} from "@tanstack/react-router";
import { type App, calendar, contacts, home, mail } from "../apps";
import { loadTexts } from "../i18n";
import { persistently } from "../lib/persistently";
import { SkeletonRows } from "../ui";
import { ErrorScreen } from "./ErrorScreen";
import { NotFound } from "./NotFound";
import { setNavigator } from "./navigate";
import { Shell } from "./Shell";

/** An app reads what it needs; the values are plain text, as people write addresses. */
type Search = Record<string, string | undefined>;

/** A server that takes longer is not waited for: the screen shows what it is loading. */
const longestAhead = 250;

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  validateSearch: (search: Search & SearchSchemaInput): Search => search,
});

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/mail/$", params: { _splat: "" }, replace: true });
  },
});

const homeApp = createRoute({
  getParentRoute: () => root,
  path: "/home/$",
  component: lazyRouteComponent(() => opened(home)),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => persistently(() => import("./Settings"))),
});

// One route, and so one component, for all that is within the app: moving there never mounts it anew.
const mailApp = createRoute({
  getParentRoute: () => root,
  path: "/mail/$",
  component: lazyRouteComponent(() => opened(mail)),
});

const calendarApp = createRoute({
  getParentRoute: () => root,
  path: "/calendar/$",
  component: lazyRouteComponent(() => opened(calendar)),
});

const contactsApp = createRoute({
  getParentRoute: () => root,
  path: "/contacts/$",
  component: lazyRouteComponent(() => opened(contacts)),
});

async function opened(app: App) {
  const [loaded] = await Promise.all([app.load(), loadTexts(app.id)]);
  await Promise.race([loaded.ahead, new Promise((resolve) => setTimeout(resolve, longestAhead))]);
  return loaded;
}

export const router = createRouter({
  routeTree: root.addChildren([start, homeApp, settings, mailApp, calendarApp, contactsApp]),
  parseSearch,
  stringifySearch,
  defaultErrorComponent: ({ error, reset }) => <ErrorScreen error={error} onRetry={reset} />,
  defaultPendingComponent: () => <SkeletonRows />,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: false,
});

setNavigator((path) => router.history.push(path));

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

function stringifySearch(search: Record<string, unknown>): string {
  const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}
