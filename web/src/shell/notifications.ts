import { forget, keep, kept } from "../lib/keep";
import { onSessionChange, sessionState } from "../lib/oidc";
import { navigateTo } from "./navigate";
import { preferences } from "./preferences";
import { store } from "./store";

/** News for the person: in the centre of the shell always, on the desktop where they allowed it and look elsewhere. */
export interface News {
  /** The same tag replaces: one piece of news per thing it is about, in every tab together. */
  tag: string;
  title: string;
  body?: string;
  /** Within the client. */
  url?: string;
}

export interface NewsItem extends News {
  at: string;
  isRead: boolean;
}

const key = "notifications";
const most = 50;

const items = store<readonly NewsItem[]>([]);
const permission = store<NotificationPermission | "unsupported">(
  typeof Notification === "undefined" ? "unsupported" : Notification.permission,
);

/** Follows the person who is signed in; called once, at the start. */
export function startNotifications(): () => void {
  let subject = "";
  const follow = () => {
    if (sessionState().subject === subject) return;
    subject = sessionState().subject;
    items.set(kept<NewsItem[]>(key) ?? []);
  };
  follow();
  return onSessionChange(follow);
}

export function notify(news: News): void {
  const item: NewsItem = { ...news, at: new Date().toISOString(), isRead: false };
  change([item, ...items.get().filter((other) => other.tag !== news.tag)].slice(0, most));
  notifyDesktop(news);
}

/** What stands in the centre by itself: on the desktop alone, where the person allowed it and looks elsewhere. */
export function notifyDesktop(news: News): void {
  if (document.hidden && permission.get() === "granted" && preferences.get().desktopNotifications) void show(news);
}

async function show(news: News): Promise<void> {
  const options: NotificationOptions = {
    body: news.body,
    tag: news.tag,
    icon: "/icons/bastide-192.png",
    data: { url: news.url },
  };
  const worker = await navigator.serviceWorker?.getRegistration();
  // Phones know only those of a service worker, and its click opens the page even when all tabs are closed.
  if (worker?.active) {
    await worker.showNotification(news.title, options);
    return;
  }
  const shown = new Notification(news.title, options);
  shown.onclick = () => {
    window.focus();
    if (news.url) navigateTo(news.url);
    shown.close();
  };
}

export function useNotifications() {
  const all = items.use();
  return {
    items: all,
    unread: all.filter((item) => !item.isRead).length,
    permission: permission.use(),
    requestPermission,
    markRead,
    dismiss,
    clear,
  };
}

async function requestPermission(): Promise<void> {
  if (permission.get() === "unsupported") return;
  permission.set(await Notification.requestPermission());
}

/** One, or all. */
function markRead(tag?: string): void {
  if (items.get().every((item) => item.isRead || (tag && item.tag !== tag))) return;
  change(items.get().map((item) => (!tag || item.tag === tag ? { ...item, isRead: true } : item)));
}

function dismiss(tag: string): void {
  change(items.get().filter((item) => item.tag !== tag));
}

function clear(): void {
  items.set([]);
  forget(key);
}

function change(next: readonly NewsItem[]): void {
  items.set(next);
  keep(key, next);
}
