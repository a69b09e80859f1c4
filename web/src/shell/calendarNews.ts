import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { loadTexts, t } from "../i18n";
import type { EventNews } from "../lib/calendar/eventNews";
import { whenText } from "../lib/calendar/format";
import { calendarKeys } from "../lib/calendar/keys";
import {
  type AccountNotification,
  type Notifications,
  notificationDestroy,
  notificationsClear,
  notificationsGet,
} from "../lib/calendar/notifications";
import { dayOf } from "../lib/calendar/time";
import { useCapability, useStateChange } from "../lib/jmap";
import { keep, kept } from "../lib/keep";
import { failed } from "../ui";
import { notifyDesktop } from "./notifications";

/** What others did to the person's events, as the server keeps it until it is put away. */
export interface CalendarNews {
  list: readonly AccountNotification[];
  unread: number;
  /** What came up to then has been seen. */
  seen: string;
  hasMore: boolean;
  isFetching: boolean;
  more(): void;
  markRead(): void;
  dismiss(note: AccountNotification): Promise<void>;
  clear(): Promise<void>;
}

const page = 20;
const seenKey = "calendarNews.seen";
const toldKey = "calendarNews.told";
const none: readonly AccountNotification[] = [];

/** Follows them, and tells of those that come while the person looks elsewhere. */
export function useCalendarNews(): CalendarNews {
  const client = useQueryClient();
  const isThere = useCapability("urn:ietf:params:jmap:calendars");
  const [limit, setLimit] = useState(page);
  const [seen, setSeen] = useState(() => kept<string>(seenKey) ?? "");
  const { data, isFetching } = useQuery({
    queryKey: [...calendarKeys.notifications, limit],
    queryFn: () => notificationsGet(limit),
    enabled: isThere,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  useStateChange(["CalendarEventNotification"], () => {
    void client.invalidateQueries({ queryKey: calendarKeys.notifications });
  });
  const list = data?.list ?? none;
  useEffect(() => {
    if (data) void tell(data.list);
  }, [data]);

  const without = async (left: (known: Notifications) => Notifications, write: () => Promise<void>) => {
    await client.cancelQueries({ queryKey: calendarKeys.notifications });
    client.setQueriesData<Notifications>({ queryKey: calendarKeys.notifications }, (known) => known && left(known));
    try {
      await write();
    } catch {
      failed(t("shell:news.failed"));
    } finally {
      await client.invalidateQueries({ queryKey: calendarKeys.notifications });
    }
  };

  return {
    list,
    unread: list.filter(({ created }) => created > seen).length,
    seen,
    hasMore: (data?.total ?? 0) > list.length,
    isFetching,
    more: () => setLimit(limit + page),
    markRead: () => {
      const newest = list[0]?.created ?? "";
      if (newest <= seen) return;
      keep(seenKey, newest);
      setSeen(newest);
    },
    dismiss: (note) =>
      without(
        (known) => ({
          list: known.list.filter((one) => one.id !== note.id || one.accountId !== note.accountId),
          total: known.total - 1,
        }),
        () => notificationDestroy(note),
      ),
    clear: async () => {
      if (list.length > 0) await without(() => ({ list: [], total: 0 }), notificationsClear);
    },
  };
}

/** What is new since any page of this browser looked last; on the first look, nothing is. */
async function tell(list: readonly AccountNotification[]): Promise<void> {
  const told = kept<string>(toldKey);
  const newest = list[0]?.created ?? "";
  if (told === undefined || newest > told) keep(toldKey, newest);
  if (told === undefined || newest <= told || !document.hidden) return;
  const [{ readEventNews }, { homeZone }] = await Promise.all([
    import("../lib/calendar/eventNews"),
    import("../lib/calendar/zones"),
    loadTexts("shell"),
  ]);
  const language = document.documentElement.lang;
  for (const note of list.filter(({ created }) => created > told).slice(0, 3)) {
    const news = readEventNews(note, homeZone);
    notifyDesktop({
      tag: `calendar-${note.accountId}-${note.id}`,
      title: eventNewsTitle(news),
      body: [news.title, eventNewsWhen(news, language)].filter(Boolean).join("\n"),
      url: eventNewsUrl(note, news),
    });
  }
}

// i18n: shell:news.event.*
/** `Bob invites you`. */
export function eventNewsTitle({ kind, by }: EventNews): string {
  return t(`shell:news.event.${kind}`, { name: by || "–" });
}

export function eventNewsWhen(news: EventNews, language: string): string {
  return whenText(news, language);
}

/** The event on its day, in the view that was open last; the day alone where the event is gone. */
export function eventNewsUrl(
  { accountId, accountName, calendarEventId }: AccountNotification,
  news: EventNews,
): string {
  const view = kept<string>("calendar.view") ?? "week";
  const day = `/calendar/${view}/${dayOf(news.begin)}`;
  if (calendarEventId === null || news.kind === "removed") return day;
  return `${day}/${calendarEventId}${accountName === null ? "" : `?account=${accountId}`}`;
}
