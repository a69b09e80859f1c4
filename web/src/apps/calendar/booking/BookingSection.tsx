import { Menu } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import {
  IconCalendarPlus,
  IconDots,
  IconEdit,
  IconExternalLink,
  IconLink,
  IconLock,
  IconLockOpen,
  IconPlus,
  IconTrash,
} from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "../../../lib/calendar/explain";
import { useJmapSession } from "../../../lib/jmap";
import { failed, LazyMenu } from "../../../ui";
import pane from "../components/SidePane.module.css";
import { useCalendar } from "../state/CalendarContext";
import classes from "./Booking.module.css";
import {
  type BookingPage,
  bookingCapability,
  bookingKey,
  bookingPages,
  destroyBookingPage,
  updateBookingPage,
} from "./bookingPages";

const BookingDialog = lazy(() => import("./BookingDialog"));

/** The booking pages of the person, below their calendars; nothing where the server has none. */
export function BookingSection() {
  const { accounts } = useCalendar();
  const session = useJmapSession();
  const own = accounts.find((account) => account.isPrimary);
  const most = own && session.accounts[own.id]?.accountCapabilities[bookingCapability]?.["maxBookingPages"];
  if (!own || typeof most !== "number" || most === 0) return null;
  return (
    <Suspense fallback={null}>
      <Pages accountId={own.id} />
    </Suspense>
  );
}

function Pages({ accountId }: { accountId: string }) {
  const { t } = useTranslation("booking");
  const [edited, edit] = useState<BookingPage | "new" | null>(null);
  const pages = useQuery({ queryKey: bookingKey(accountId), queryFn: () => bookingPages(accountId) });
  return (
    <section className={pane.section} aria-label={t("title")}>
      <div className={pane.heading}>
        <h2 className={pane.title}>{t("title")}</h2>
        <button
          type="button"
          className={pane.add}
          aria-label={t("create")}
          title={t("create")}
          onClick={() => edit("new")}
        >
          <IconPlus className={pane.smallIcon} />
        </button>
      </div>
      {pages.data?.length === 0 && <p className={classes.hint}>{t("none")}</p>}
      <ul className={pane.list}>
        {pages.data?.map((page) => (
          <PageItem key={page.id} accountId={accountId} page={page} onEdit={() => edit(page)} />
        ))}
      </ul>
      {edited && (
        <Suspense fallback={null}>
          <BookingDialog accountId={accountId} page={edited === "new" ? null : edited} onClose={() => edit(null)} />
        </Suspense>
      )}
    </section>
  );
}

interface PageItemProps {
  accountId: string;
  page: BookingPage;
  onEdit(): void;
}

function PageItem({ accountId, page, onEdit }: PageItemProps) {
  const { t } = useTranslation("booking");
  const client = useQueryClient();
  const key = bookingKey(accountId);
  const change = async (next: (pages: BookingPage[]) => BookingPage[], work: () => Promise<void>) => {
    const before = client.getQueryData<BookingPage[]>(key);
    client.setQueryData<BookingPage[]>(key, (pages) => pages && next(pages));
    try {
      await work();
    } catch (error) {
      client.setQueryData(key, before);
      failed(explain(error));
    }
  };
  const remove = () =>
    modals.openConfirmModal({
      title: t("removeTitle", { name: page.title }),
      children: t("removeText"),
      labels: { confirm: t("remove"), cancel: t("cancel") },
      confirmProps: { color: "red" },
      closeButtonProps: { "aria-label": t("dismiss") },
      onConfirm: () =>
        void change(
          (pages) => pages.filter(({ id }) => id !== page.id),
          () => destroyBookingPage(accountId, page.id),
        ),
    });
  const url = page.url;
  return (
    <li className={pane.item}>
      <button type="button" className={`${pane.target} ${classes.target}`} onClick={onEdit}>
        <IconCalendarPlus className={classes.icon} aria-hidden />
        <span className={pane.name}>{page.title}</span>
        {!page.isEnabled && <span className={classes.soft}>{t("closed")}</span>}
      </button>
      <LazyMenu
        className={pane.more}
        label={t("more", { name: page.title })}
        icon={<IconDots className={classes.icon} />}
        position="bottom-end"
      >
        {url && page.isEnabled && (
          <>
            <Menu.Item
              leftSection={<IconLink className={classes.icon} />}
              onClick={() =>
                void navigator.clipboard.writeText(url).then(
                  () => notifications.show({ message: t("copied") }),
                  () => failed(url),
                )
              }
            >
              {t("copy")}
            </Menu.Item>
            <Menu.Item
              component="a"
              href={url}
              target="_blank"
              rel="noopener"
              leftSection={<IconExternalLink className={classes.icon} />}
            >
              {t("open")}
            </Menu.Item>
          </>
        )}
        <Menu.Item leftSection={<IconEdit className={classes.icon} />} onClick={onEdit}>
          {t("change")}
        </Menu.Item>
        <Menu.Item
          leftSection={
            page.isEnabled ? <IconLock className={classes.icon} /> : <IconLockOpen className={classes.icon} />
          }
          onClick={() =>
            void change(
              (pages) => pages.map((one) => (one.id === page.id ? { ...one, isEnabled: !page.isEnabled } : one)),
              () => updateBookingPage(accountId, page.id, { isEnabled: !page.isEnabled }),
            )
          }
        >
          {t(page.isEnabled ? "close" : "reopen")}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash className={classes.icon} />} onClick={remove}>
          {t("remove")}
        </Menu.Item>
      </LazyMenu>
    </li>
  );
}
