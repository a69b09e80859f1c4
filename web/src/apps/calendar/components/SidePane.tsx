import { Button, Menu, ScrollArea } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconCheck, IconDots, IconEdit, IconEye, IconPlus, IconTrash, IconWorld } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "../../../lib/calendar/explain";
import { calendarKeys } from "../../../lib/calendar/keys";
import type { Calendar } from "../../../lib/jmap/calendars";
import { failed, LazyMenu } from "../../../ui";
import { destroyCalendar, updateCalendar } from "../api/calendarSet";
import { BookingSection } from "../booking/BookingSection";
import { useCalendar } from "../state/CalendarContext";
import { openDialog } from "../state/dialogs";
import type { CalendarEntry } from "../state/useCalendars";
import { MiniMonth } from "./MiniMonth";
import classes from "./SidePane.module.css";

interface SidePaneProps {
  onCreate(): void;
  /** Something was chosen: a drawer closes. */
  onGone?(): void;
}

/** A month to go by, and the calendars: one's own, those of teams and of others. */
export function SidePane({ onCreate, onGone }: SidePaneProps) {
  const { t } = useTranslation("calendar");
  const { accounts, calendars, home } = useCalendar();
  return (
    <nav className={classes.pane} aria-label={t("pane.label")}>
      {home && (
        <div className={classes.create}>
          <Button
            fullWidth
            size="md"
            leftSection={<IconPlus className={classes.icon} />}
            onClick={() => {
              onGone?.();
              onCreate();
            }}
          >
            {t("create")}
          </Button>
        </div>
      )}
      <ScrollArea className={classes.scroll} type="hover" scrollbars="y">
        <MiniMonth onGone={onGone} />
        {accounts.map((account) => {
          const entries = calendars.entries.filter((entry) => entry.account.id === account.id);
          if (entries.length === 0 && !account.mayCreateCalendar) return null;
          const name = account.isPrimary ? t("pane.own") : account.name;
          return (
            <section key={account.id} className={classes.section} aria-label={name}>
              <div className={classes.heading}>
                <h2 className={classes.title}>{name}</h2>
                {account.mayCreateCalendar && (
                  <button
                    type="button"
                    className={classes.add}
                    aria-label={t("calendars.createIn", { name })}
                    title={t("calendars.create")}
                    onClick={() => openDialog({ kind: "calendar", account })}
                  >
                    <IconPlus className={classes.smallIcon} />
                  </button>
                )}
              </div>
              <ul className={classes.list}>
                {entries.map((entry) => (
                  <CalendarItem key={entry.calendar.id} entry={entry} />
                ))}
              </ul>
            </section>
          );
        })}
        <BookingSection />
      </ScrollArea>
    </nav>
  );
}

/** A calendar, shown or hidden by a click. */
function CalendarItem({ entry }: { entry: CalendarEntry }) {
  const { t } = useTranslation("calendar");
  const client = useQueryClient();
  const { calendars } = useCalendar();
  const { account, calendar, colour } = entry;
  const key = calendarKeys.calendars(account.id);

  const change = async (entries: readonly CalendarEntry[], isVisible: (entry: CalendarEntry) => boolean) => {
    const before = new Map<string, Calendar[] | undefined>();
    for (const { account: of } of entries) before.set(of.id, client.getQueryData(calendarKeys.calendars(of.id)));
    const changed = entries.filter((each) => each.calendar.isVisible !== isVisible(each));
    for (const each of changed)
      client.setQueryData<Calendar[]>(calendarKeys.calendars(each.account.id), (all) =>
        all?.map((one) => (one.id === each.calendar.id ? { ...one, isVisible: isVisible(each) } : one)),
      );
    try {
      await Promise.all(
        changed.map((each) => updateCalendar(each.account.id, each.calendar.id, { isVisible: isVisible(each) })),
      );
    } catch (error) {
      for (const [id, all] of before) client.setQueryData(calendarKeys.calendars(id), all);
      failed(explain(error));
    }
  };
  const remove = () =>
    modals.openConfirmModal({
      title: t("calendars.removeTitle", { name: calendar.name }),
      children: t("calendars.removeText"),
      labels: { confirm: t("calendars.remove"), cancel: t("cancel") },
      confirmProps: { color: "red" },
      closeButtonProps: { "aria-label": t("close") },
      onConfirm: async () => {
        try {
          await destroyCalendar(account.id, calendar.id);
          await client.invalidateQueries({ queryKey: key });
          await client.invalidateQueries({ queryKey: calendarKeys.events(account.id) });
        } catch (error) {
          failed(explain(error));
        }
      },
    });
  return (
    <li className={classes.item} style={{ "--event": colour } as CSSProperties}>
      <label className={classes.target}>
        <input
          type="checkbox"
          className={classes.input}
          checked={calendar.isVisible}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            void change([entry], () => checked);
          }}
        />
        <span className={classes.box} aria-hidden>
          <IconCheck className={classes.check} />
        </span>
        <span className={classes.name}>{calendar.name}</span>
      </label>
      <LazyMenu
        className={classes.more}
        label={t("pane.more", { name: calendar.name })}
        icon={<IconDots className={classes.smallIcon} />}
        position="bottom-end"
      >
        <Menu.Item
          leftSection={<IconEye className={classes.smallIcon} />}
          onClick={() => void change(calendars.entries, (each) => each === entry)}
        >
          {t("calendars.only")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconEye className={classes.smallIcon} />}
          onClick={() => void change(calendars.entries, () => true)}
        >
          {t("calendars.all")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconEdit className={classes.smallIcon} />}
          onClick={() => openDialog({ kind: "calendar", account, entry })}
        >
          {t("calendars.edit")}
        </Menu.Item>
        {calendar.myRights.mayShare && (
          <Menu.Item
            leftSection={<IconWorld className={classes.smallIcon} />}
            onClick={() => openDialog({ kind: "publish", entry })}
          >
            {t("calendars.publish")}
          </Menu.Item>
        )}
        {calendar.myRights.mayDelete && !calendar.isDefault && (
          <Menu.Item color="red" leftSection={<IconTrash className={classes.smallIcon} />} onClick={remove}>
            {t("calendars.remove")}
          </Menu.Item>
        )}
      </LazyMenu>
    </li>
  );
}
