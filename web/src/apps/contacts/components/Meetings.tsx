import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ListEvent } from "../../../lib/calendar/eventGet";
import { whenText } from "../../../lib/calendar/format";
import { occurrenceOf } from "../../../lib/calendar/occurrence";
import { dayOf } from "../../../lib/calendar/time";
import { homeZone, wallAt } from "../../../lib/calendar/zones";
import { useCapability, useJmapSession } from "../../../lib/jmap";
import { navigateTo } from "../../../shell";
import type { ListCard } from "../api/cardGet";
import { meetingsGet } from "../api/meetingsGet";
import { contactKeys } from "../state/keys";
import classes from "./Detail.module.css";

/** The next and the last meetings with somebody; each opens in the calendar. */
export function Meetings({ card }: { card: ListCard }) {
  const { t } = useTranslation("contacts");
  const accountId = useJmapSession().primaryAccounts["urn:ietf:params:jmap:calendars"] ?? "";
  const isThere = useCapability("urn:ietf:params:jmap:calendars");
  const addresses = Object.values(card.emails ?? {}).map(({ address }) => address);
  const today = dayOf(wallAt(Date.now(), homeZone));
  const { data } = useQuery({
    queryKey: contactKeys.meetings(accountId, addresses, today),
    queryFn: () => meetingsGet(accountId, addresses, today, homeZone),
    enabled: isThere && accountId !== "" && addresses.length > 0,
    staleTime: 60_000,
  });
  // Most people one meets never: where there is nothing, nothing is said.
  if (!data || data.next.length + data.last.length === 0) return null;
  return (
    <section className={classes.card} aria-labelledby="meetings">
      <h2 className={classes.heading} id="meetings">
        {t("meetings.title")}
      </h2>
      <Part name={t("meetings.next")} accountId={accountId} events={data.next} />
      <Part name={t("meetings.last")} accountId={accountId} events={data.last} />
    </section>
  );
}

interface PartProps {
  name: string;
  accountId: string;
  events: ListEvent[];
}

function Part({ name, accountId, events }: PartProps) {
  const { t, i18n } = useTranslation("contacts");
  if (events.length === 0) return null;
  return (
    <>
      <h3 className={classes.part}>{name}</h3>
      {events.map((event) => {
        const occurrence = occurrenceOf(accountId, event, homeZone);
        return (
          <button
            key={event.id}
            type="button"
            className={classes.mail}
            onClick={() => navigateTo(`/calendar/day/${dayOf(occurrence.begin)}/${encodeURIComponent(event.id)}`)}
          >
            <span className={classes.mailSubject} dir="auto">
              {event.title?.trim() || t("meetings.unnamed")}
            </span>
            <span className={classes.mailPreview}>{whenText(occurrence, i18n.language)}</span>
          </button>
        );
      })}
    </>
  );
}
