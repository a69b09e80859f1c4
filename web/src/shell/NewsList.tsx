import { ActionIcon, Button, Group, Text, Title, UnstyledButton } from "@mantine/core";
import { IconBell, IconBellRinging, IconCalendarEvent, IconX } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { readEventNews } from "../lib/calendar/eventNews";
import type { AccountNotification } from "../lib/calendar/notifications";
import { homeZone } from "../lib/calendar/zones";
import { EmptyState, RelativeTime } from "../ui";
import { type CalendarNews, eventNewsTitle, eventNewsUrl, eventNewsWhen } from "./calendarNews";
import classes from "./NotificationCentre.module.css";
import { navigateTo } from "./navigate";
import { type NewsItem, useNotifications } from "./notifications";

interface NewsListProps {
  calendar: CalendarNews;
  onClose(): void;
}

/** What happened, the newest first: what this browser was told, and what others did to events, which the server keeps. */
export default function NewsList({ calendar, onClose }: NewsListProps) {
  const { t } = useTranslation("shell");
  const { items, clear, dismiss } = useNotifications();
  const rows = useMemo(() => {
    const local = items.map((item) => ({ at: item.at, item, note: undefined }));
    const others = calendar.list.map((note) => ({ at: note.created, item: undefined, note }));
    return [...local, ...others].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  }, [items, calendar.list]);
  const open = (url: string | undefined) => {
    onClose();
    if (url) navigateTo(url);
  };
  return (
    <>
      <Group justify="space-between" className={classes.head}>
        <Title order={2} size="h5">
          {t("news.title")}
        </Title>
        <Group gap="xs">
          {rows.length > 0 && (
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                clear();
                void calendar.clear();
              }}
            >
              {t("news.clear")}
            </Button>
          )}
          <ActionIcon onClick={onClose} aria-label={t("action.close")} data-autofocus>
            <IconX size={18} stroke={1.6} />
          </ActionIcon>
        </Group>
      </Group>
      <AllowDesktop />
      {rows.length === 0 ? (
        <div className={classes.none}>
          <EmptyState icon={IconBell} title={t("news.none")} text={t("news.noneText")} />
        </div>
      ) : (
        <ul className={classes.list}>
          {rows.map(({ item, note }) =>
            item ? (
              <LocalRow key={item.tag} item={item} onOpen={() => open(item.url)} onDismiss={() => dismiss(item.tag)} />
            ) : (
              <EventRow
                key={`${note.accountId}.${note.id}`}
                note={note}
                isRead={note.created <= calendar.seen}
                onOpen={open}
                onDismiss={() => void calendar.dismiss(note)}
              />
            ),
          )}
          {calendar.hasMore && (
            <li className={classes.more}>
              <Button variant="subtle" size="compact-sm" loading={calendar.isFetching} onClick={calendar.more}>
                {t("news.more")}
              </Button>
            </li>
          )}
        </ul>
      )}
    </>
  );
}

function LocalRow({ item, onOpen, onDismiss }: { item: NewsItem; onOpen(): void; onDismiss(): void }) {
  return (
    <Row title={item.title} at={item.at} isRead={item.isRead} onOpen={onOpen} onDismiss={onDismiss}>
      {item.body && (
        <Text size="sm" c="dimmed" lineClamp={2}>
          {item.body}
        </Text>
      )}
    </Row>
  );
}

interface EventRowProps {
  note: AccountNotification;
  isRead: boolean;
  onOpen(url: string): void;
  onDismiss(): void;
}

/** What somebody did to an event: who, which, and when that is now. */
function EventRow({ note, isRead, onOpen, onDismiss }: EventRowProps) {
  const { i18n } = useTranslation("shell");
  const news = useMemo(() => readEventNews(note, homeZone), [note]);
  const isGone = news.kind === "cancelled" || news.kind === "removed";
  return (
    <Row
      icon={<IconCalendarEvent className={classes.icon} stroke={1.6} aria-hidden="true" />}
      title={eventNewsTitle(news)}
      at={note.created}
      isRead={isRead}
      onOpen={() => onOpen(eventNewsUrl(note, news))}
      onDismiss={onDismiss}
    >
      <Text size="sm" lineClamp={1} td={isGone ? "line-through" : undefined}>
        {news.title || "–"}
      </Text>
      <Text size="sm" c="dimmed" lineClamp={2}>
        {eventNewsWhen(news, i18n.language)}
        {note.accountName && ` · ${note.accountName}`}
      </Text>
      {news.comment && (
        <Text size="sm" c="dimmed" fs="italic" lineClamp={2}>
          {news.comment}
        </Text>
      )}
    </Row>
  );
}

interface RowProps {
  icon?: ReactNode;
  title: string;
  at: string;
  isRead: boolean;
  children?: ReactNode;
  onOpen(): void;
  onDismiss(): void;
}

function Row({ icon, title, at, isRead, children, onOpen, onDismiss }: RowProps) {
  const { t } = useTranslation("shell");
  return (
    <li className={classes.row}>
      <UnstyledButton className={classes.item} data-unread={!isRead || undefined} onClick={onOpen}>
        {icon}
        <span className={classes.text}>
          <span className={classes.title}>
            <Text fw={isRead ? 400 : 600} lineClamp={2}>
              {title}
            </Text>
            <Text size="xs" c="dimmed" className={classes.time}>
              <RelativeTime date={at} />
            </Text>
          </span>
          {children}
        </span>
      </UnstyledButton>
      <ActionIcon
        className={classes.dismiss}
        size="sm"
        aria-label={t("news.dismiss", { title })}
        title={t("news.dismissShort")}
        onClick={onDismiss}
      >
        <IconX size={14} stroke={1.8} />
      </ActionIcon>
    </li>
  );
}

/** Asked here, where the person has come to look at news, and never on arriving. */
function AllowDesktop() {
  const { t } = useTranslation("shell");
  const { permission, requestPermission } = useNotifications();
  if (permission !== "default") return null;
  return (
    <div className={classes.allow}>
      <IconBellRinging size={20} stroke={1.6} aria-hidden="true" />
      <Text size="sm" flex={1}>
        {t("news.allowText")}
      </Text>
      <Button size="compact-sm" variant="light" onClick={() => void requestPermission()}>
        {t("news.allow")}
      </Button>
    </div>
  );
}
