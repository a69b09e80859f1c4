import { useCallback } from "react";
import type { Occurrence } from "../../../lib/calendar/occurrence";
import { useCalendar } from "./CalendarContext";
import { setDraft } from "./draft";

/** Opens an event: beside where it stands, or in the form. */
export function useOpen(): (occurrence: Occurrence, editing?: boolean) => void {
  const { go, accounts, mayWrite } = useCalendar();
  return useCallback(
    (occurrence, editing = false) => {
      // It has no id yet that the address could name.
      if (occurrence.event.id.startsWith("+")) return;
      setDraft(null);
      const isOwn = accounts.find(({ id }) => id === occurrence.accountId)?.isPrimary;
      go({
        eventId: occurrence.event.id,
        accountId: isOwn ? null : occurrence.accountId,
        editing: editing && mayWrite(occurrence),
      });
    },
    [go, accounts, mayWrite],
  );
}
