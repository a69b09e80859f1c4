import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { identitiesQuery } from "../../../lib/calendar/events";
import { answered, invitedAs } from "../../../lib/calendar/people";
import type { CalendarEvent } from "../../../lib/jmap/calendars";
import { AnswerButtons } from "../../../ui";
import { useCalendar } from "../state/CalendarContext";
import classes from "./EventCard.module.css";

interface AnswerProps {
  accountId: string;
  event: CalendarEvent;
  series: CalendarEvent | null;
}

/** For whoever is invited: whether they come. */
export function Answer({ accountId, event, series }: AnswerProps) {
  const { actions, calendars } = useCalendar();
  const { data: identities = [] } = useQuery(identitiesQuery(accountId));
  const [given, setGiven] = useState<string | null>(null);
  const id = invitedAs(event, identities);
  const person = id === null ? undefined : event.participants?.[id];
  const rights = calendars.of(accountId, Object.keys(event.calendarIds)[0] ?? "")?.calendar.myRights;
  if (id === null || !person || event.status === "cancelled" || !(rights?.mayRSVP || rights?.mayWriteAll)) return null;
  return (
    <div className={classes.foot}>
      <AnswerButtons
        status={given ?? person.participationStatus ?? "needs-action"}
        comment={person.participationComment ?? ""}
        onAnswer={(status, comment) => {
          setGiven(status);
          void actions
            .answer(accountId, event, answered(event, id, status, comment), series ?? undefined)
            .finally(() => setGiven(null));
        }}
      />
    </div>
  );
}
