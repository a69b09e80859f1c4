import { ActionIcon, Button, Group, Indicator, Popover, Text, Title, UnstyledButton } from "@mantine/core";
import { IconBell, IconBellRinging, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, RelativeTime, useIsPhone } from "../ui";
import classes from "./NotificationCentre.module.css";
import { navigateTo } from "./navigate";
import { type NewsItem, useNotifications } from "./notifications";
import rail from "./Rail.module.css";

/** The bell, and what has happened. Opening it is reading it. */
export function NotificationCentre() {
  const { t } = useTranslation("shell");
  const { unread, markRead } = useNotifications();
  const [isOpen, setOpen] = useState(false);
  const isPhone = useIsPhone();
  const label = unread > 0 ? t("news.openUnread", { count: unread }) : t("news.open");
  const toggle = (open: boolean) => {
    setOpen(open);
    if (!open) markRead();
  };
  return (
    <Popover
      opened={isOpen}
      onChange={toggle}
      position={isPhone ? "top" : "right-end"}
      offset={isPhone ? 8 : 12}
      width={isPhone ? "calc(100vw - 1rem)" : 360}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={rail.entry}
          aria-label={label}
          data-hint={isOpen ? undefined : label}
          onClick={() => toggle(!isOpen)}
        >
          <Indicator className={rail.dot} disabled={unread === 0} color="var(--bastide-unread)" size={9} offset={2}>
            <IconBell size={22} stroke={1.6} />
          </Indicator>
          <span className={rail.name} aria-hidden="true">
            {t("news.short")}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t("news.title")}>
        <NewsList onClose={() => toggle(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function NewsList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const { items, clear } = useNotifications();
  return (
    <>
      <Group justify="space-between" className={classes.head}>
        <Title order={2} size="h5">
          {t("news.title")}
        </Title>
        <Group gap="xs">
          {items.length > 0 && (
            <Button variant="subtle" size="compact-sm" onClick={clear}>
              {t("news.clear")}
            </Button>
          )}
          <ActionIcon onClick={onClose} aria-label={t("action.close")} data-autofocus>
            <IconX size={18} stroke={1.6} />
          </ActionIcon>
        </Group>
      </Group>
      <AllowDesktop />
      {items.length === 0 ? (
        <div className={classes.none}>
          <EmptyState icon={IconBell} title={t("news.none")} text={t("news.noneText")} />
        </div>
      ) : (
        <ul className={classes.list}>
          {items.map((item) => (
            <NewsRow key={item.tag} item={item} onClose={onClose} />
          ))}
        </ul>
      )}
    </>
  );
}

function NewsRow({ item, onClose }: { item: NewsItem; onClose: () => void }) {
  const open = () => {
    onClose();
    if (item.url) navigateTo(item.url);
  };
  return (
    <li>
      <UnstyledButton className={classes.item} data-unread={!item.isRead || undefined} onClick={open}>
        <span className={classes.title}>
          <Text fw={item.isRead ? 400 : 600} truncate>
            {item.title}
          </Text>
          <Text size="xs" c="dimmed" className={classes.time}>
            <RelativeTime date={item.at} />
          </Text>
        </span>
        {item.body && (
          <Text size="sm" c="dimmed" lineClamp={2}>
            {item.body}
          </Text>
        )}
      </UnstyledButton>
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
