import { IconCheck, IconQuestionMark, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { addressOf, nameOf } from "../../../lib/calendar/people";
import type { JSEvent } from "../../../lib/jmap/calendars";
import { Avatar } from "../../../ui";
import classes from "./People.module.css";

const signs = { accepted: IconCheck, declined: IconX, tentative: IconQuestionMark } as const;

// i18n: calendar:answer.status.*
/** Who takes part, and what they answered. */
export function People({ event }: { event: JSEvent }) {
  const { t } = useTranslation("calendar");
  const people = Object.entries(event.participants ?? {});
  return (
    <ul className={classes.people}>
      {people.map(([id, person]) => {
        const status = person.participationStatus ?? "needs-action";
        const Sign = status in signs ? signs[status as keyof typeof signs] : null;
        const isOwner =
          person.roles?.["owner"] ||
          addressOf(person) === (event.organizerCalendarAddress ?? "").replace(/^mailto:/i, "");
        return (
          <li key={id} className={classes.person}>
            <span className={classes.face}>
              <Avatar name={nameOf(person)} address={addressOf(person)} size={24} />
              {Sign && <Sign className={classes.sign ?? ""} data-status={status} aria-hidden />}
            </span>
            <span className={classes.name} title={addressOf(person)}>
              {nameOf(person)}
            </span>
            <span className={classes.status}>{isOwner ? t("answer.organizer") : t(`answer.status.${status}`)}</span>
          </li>
        );
      })}
    </ul>
  );
}
