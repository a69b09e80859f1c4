import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { whenText } from "../../../lib/calendar/format";
import { occurrenceOf } from "../../../lib/calendar/occurrence";
import { organizerName } from "../../../lib/calendar/people";
import { ruleText } from "../../../lib/calendar/rule";
import { type Day, dayOf } from "../../../lib/calendar/time";
import { homeZone } from "../../../lib/calendar/zones";
import { AnswerButtons } from "../../../ui";
import { useAnswer } from "../state/useAnswer";
import { useWaiting, type Waiting } from "../state/useHome";
import { Card, Nothing } from "./Card";
import classes from "./WaitingCard.module.css";

/** The invitations that nobody has answered yet. */
export function WaitingCard({ today }: { today: Day }) {
  const { t } = useTranslation("home");
  const waiting = useWaiting(today);
  // It is quickly there, and mostly says that there is nothing: no place is kept for it.
  if (waiting === null) return null;
  return (
    <Card title={t("waiting")} note={waiting.length > 0 ? t("invitations", { count: waiting.length }) : undefined}>
      {waiting.length === 0 ? (
        <Nothing>{t("nothingWaits")}</Nothing>
      ) : (
        <ul className={classes.list}>
          {waiting.map((each) => (
            <InvitationRow key={each.event.id} {...each} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function InvitationRow(waiting: Waiting) {
  const { t, i18n } = useTranslation("home");
  const { given, answer } = useAnswer(waiting);
  const { accountId, event } = waiting;
  const occurrence = occurrenceOf(accountId, event, homeZone);
  const name = organizerName(event);
  return (
    <li className={classes.row}>
      <Link
        className={classes.title}
        to="/calendar/$"
        params={{ _splat: `day/${dayOf(occurrence.begin)}/${event.id}` }}
      >
        {event.title?.trim() || t("calendar:unnamed")}
      </Link>
      <p className={classes.when}>{whenText(occurrence, i18n.language)}</p>
      {event.recurrenceRule && (
        <p className={classes.soft}>{ruleText(event.recurrenceRule, event.start.slice(0, 10), t, i18n.language)}</p>
      )}
      {name && <p className={classes.soft}>{t("invites", { name })}</p>}
      <div className={classes.answer}>
        <AnswerButtons
          status={given ?? "needs-action"}
          comment=""
          onAnswer={(status, comment) => void answer(status, comment)}
        />
      </div>
    </li>
  );
}
