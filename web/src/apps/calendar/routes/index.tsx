import { IconCalendarOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { startCalendarPush } from "../../../lib/calendar/push";
import { useAccounts } from "../../../lib/calendar/useAccounts";
import { EmptyState } from "../../../ui";
import { CalendarScreen } from "./CalendarScreen";

startCalendarPush();
export const ahead = Promise.resolve();

/** The calendar app: a screen for the calendars of every account that one may see. */
export default function CalendarRoutes() {
  const { t } = useTranslation("calendar");
  const accounts = useAccounts();
  if (accounts.length === 0)
    return <EmptyState isPage icon={IconCalendarOff} title={t("noCalendar.title")} text={t("noCalendar.text")} />;
  return <CalendarScreen accounts={accounts} />;
}
