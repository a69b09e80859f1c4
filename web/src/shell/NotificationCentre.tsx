import { Indicator, Popover } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { persistently } from "../lib/persistently";
import { SkeletonRows, useIsPhone } from "../ui";
import { useCalendarNews } from "./calendarNews";
import { useNotifications } from "./notifications";
import rail from "./Rail.module.css";

const NewsList = lazy(() => persistently(() => import("./NewsList")));

/** The bell, and what has happened. Opening it is reading it. */
export function NotificationCentre() {
  const { t } = useTranslation("shell");
  const local = useNotifications();
  const [isOpen, setOpen] = useState(false);
  const isPhone = useIsPhone();
  const calendar = useCalendarNews();
  const unread = local.unread + calendar.unread;
  const label = unread > 0 ? t("news.openUnread", { count: unread }) : t("news.open");
  const toggle = (open: boolean) => {
    setOpen(open);
    if (open) return;
    local.markRead();
    calendar.markRead();
  };
  return (
    <Popover
      opened={isOpen}
      onChange={toggle}
      position={isPhone ? "top" : "right-end"}
      offset={isPhone ? 8 : 12}
      width={isPhone ? "calc(100vw - 1rem)" : 380}
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
        <Suspense fallback={<SkeletonRows rows={3} />}>
          <NewsList calendar={calendar} onClose={() => toggle(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
