import { subscribe } from "../jmap";
import { queryClient } from "../queryClient";
import { followEvents } from "./events";
import { calendarKeys } from "./keys";

let isStarted = false;

/**
 * Keeps what is known of calendars as the server has it, from now on and on whatever screen: what is shown is asked for
 * again at once, the rest when it is shown.
 */
export function startCalendarPush(): void {
  if (isStarted) return;
  isStarted = true;
  subscribe(["CalendarEvent", "Calendar"], ({ accountId, states }) => {
    if (accountId === null) {
      void queryClient.invalidateQueries({ queryKey: calendarKeys.all });
      return;
    }
    if ("CalendarEvent" in states) void followEvents(queryClient, accountId);
    if ("Calendar" in states) void queryClient.invalidateQueries({ queryKey: calendarKeys.calendars(accountId) });
  });
}
