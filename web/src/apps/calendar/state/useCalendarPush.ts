import { useQueryClient } from "@tanstack/react-query";
import { followEvents } from "../../../lib/calendar/events";
import { calendarKeys } from "../../../lib/calendar/keys";
import type { CalendarAccount } from "../../../lib/calendar/useAccounts";
import { useStateChange } from "../../../lib/jmap";

/** Keeps what is shown as the server has it. */
export function useCalendarPush(accounts: readonly CalendarAccount[]): void {
  const client = useQueryClient();
  useStateChange(["CalendarEvent", "Calendar"], ({ accountId, states }) => {
    for (const { id } of accounts) {
      if (accountId !== null && accountId !== id) continue;
      if (accountId === null || "CalendarEvent" in states) void followEvents(client, id);
      if (accountId === null || "Calendar" in states)
        void client.invalidateQueries({ queryKey: calendarKeys.calendars(id) });
    }
  });
}
