import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { CalendarEvent, Participant } from "../../../lib/jmap/calendars";
import { useCalendar } from "../state/CalendarContext";
import { identitiesQuery } from "../state/events";
import { invitedAs } from "../state/people";
import classes from "./EventCard.module.css";

interface AnswerProps {
  accountId: string;
  event: CalendarEvent;
  series: CalendarEvent | null;
}

// i18n: calendar:answer.give.*
const answers = ["accepted", "tentative", "declined"] as const;

/** For whoever is invited: whether they come. */
export function Answer({ accountId, event, series }: AnswerProps) {
  const { t } = useTranslation("calendar");
  const { actions, calendars } = useCalendar();
  const { data: identities = [] } = useQuery(identitiesQuery(accountId));
  const id = invitedAs(event, identities);
  const person = id === null ? undefined : event.participants?.[id];
  const rights = calendars.of(accountId, Object.keys(event.calendarIds)[0] ?? "")?.calendar.myRights;
  if (id === null || !person || !(rights?.mayRSVP || rights?.mayWriteAll)) return null;
  const give = (status: (typeof answers)[number]) => {
    const answered: Participant = { ...person, participationStatus: status };
    const after = { ...event, participants: { ...event.participants, [id]: answered } };
    void actions.change(accountId, event, after, series ?? undefined);
  };
  return (
    <fieldset className={classes.foot} style={{ border: 0, margin: 0 }} aria-label={t("answer.label")}>
      {answers.map((status) => (
        <Button
          key={status}
          size="compact-md"
          variant={person.participationStatus === status ? "filled" : "default"}
          aria-pressed={person.participationStatus === status}
          onClick={() => give(status)}
        >
          {t(`answer.give.${status}`)}
        </Button>
      ))}
    </fieldset>
  );
}
