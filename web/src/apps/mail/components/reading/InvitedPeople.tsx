import { Button } from "@mantine/core";
import { IconCheck, IconQuestionMark, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addressOf, nameOf } from "../../../../lib/calendar/people";
import type { JSEvent, Participant } from "../../../../lib/jmap/calendars";
import { Avatar } from "../../../../ui";
import classes from "./Invitation.module.css";

const signs = { accepted: IconCheck, declined: IconX, tentative: IconQuestionMark } as const;
const most = 5;

// i18n: calendar:answer.status.*
/** Who is invited, and what they answered: who invites first. */
export function InvitedPeople({ event }: { event: JSEvent }) {
  const { t } = useTranslation("calendar");
  const [isAll, setAll] = useState(false);
  const organizer = (event.organizerCalendarAddress ?? "").replace(/^mailto:/i, "").toLowerCase();
  const isOwner = (person: Participant) => person.roles?.["owner"] || addressOf(person).toLowerCase() === organizer;
  const people = Object.entries(event.participants ?? {}).toSorted(
    ([, a], [, b]) => Number(isOwner(b) ?? false) - Number(isOwner(a) ?? false),
  );
  if (people.length === 0) return null;
  const shown = isAll || people.length <= most + 1 ? people : people.slice(0, most);
  return (
    <>
      <ul className={classes.people} aria-label={t("fields.people")}>
        {shown.map(([id, person]) => {
          const status = person.participationStatus ?? "needs-action";
          const Sign = status in signs ? signs[status as keyof typeof signs] : null;
          const said = isOwner(person) ? t("answer.organizer") : t(`answer.status.${status}`);
          return (
            <li key={id} className={classes.person} title={`${addressOf(person)}: ${said}`}>
              <span className={classes.face}>
                <Avatar name={nameOf(person)} address={addressOf(person)} size={22} />
                {Sign && <Sign className={classes.sign ?? ""} data-status={status} aria-hidden />}
              </span>
              <span className={classes.name}>{nameOf(person)}</span>
              <span className={classes.status}>{said}</span>
            </li>
          );
        })}
      </ul>
      {shown.length < people.length && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          {t("more", { count: people.length - shown.length })}
        </Button>
      )}
    </>
  );
}
