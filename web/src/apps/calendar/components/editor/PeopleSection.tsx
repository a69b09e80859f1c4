import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { identitiesQuery } from "../../../../lib/calendar/events";
import { listed } from "../../../../lib/calendar/format";
import {
  addressOf,
  invitedAs,
  isOrganizer,
  nameOf,
  organizerName,
  othersIn,
  participantOf,
  withPeople,
} from "../../../../lib/calendar/people";
import { locationText } from "../../../../lib/calendar/places";
import { dayOf } from "../../../../lib/calendar/time";
import type { CalendarEvent, ParticipantIdentity } from "../../../../lib/jmap/calendars";
import { useCalendar } from "../../state/CalendarContext";
import { newKey, ownTimes, withLocation, withTimes } from "../../state/form";
import { standingAt, useAvailability } from "../../state/useAvailability";
import { FindTime } from "./FindTime";
import { PeopleField } from "./PeopleField";
import { RoomsField } from "./RoomsField";

interface PeopleSectionProps {
  event: CalendarEvent;
  /** As it is kept, before it was edited; null for a new one. */
  saved: CalendarEvent | null;
  onChange(event: CalendarEvent): void;
}

const nobody: readonly string[] = [];

/** Who takes part, and when they are free. */
export function PeopleSection({ event, saved, onChange }: PeopleSectionProps) {
  const { t, i18n } = useTranslation("calendar");
  const { zone, accounts } = useCalendar();
  const primary = accounts.find(({ isPrimary }) => isPrimary);
  const { data: identities } = useQuery({ ...identitiesQuery(primary?.id ?? ""), enabled: primary !== undefined });
  const { begin, end } = ownTimes(event, zone);
  const own = event.timeZone ?? zone;
  const me = (identities?.find(({ isDefault }) => isDefault) ?? identities?.[0])?.calendarAddress;
  const others = othersIn(event, identities ?? []);
  // Who invites books the room and finds the time; a guest proposes another.
  const isGuest = saved !== null && identities !== undefined && invitedAs(event, identities) !== null;
  const list = others.map(addressOf).join(" ");
  const addresses = useMemo(
    () => (list === "" ? nobody : [...(me ? [me.replace(/^mailto:/i, "")] : []), ...list.split(" ")]),
    [list, me],
  );
  const kept = useMemo(() => {
    if (!saved) return null;
    const people = Object.values(saved.participants ?? {}).map((person) => addressOf(person).toLowerCase());
    return { event: saved, span: ownTimes(saved, zone), people: new Set(people) };
  }, [saved, zone]);
  const times = useAvailability(addresses, dayOf(begin), own, kept);
  const span = { begin, end };
  const standings = new Map(times.map((each) => [each.address, standingAt(each, span)]));
  const names = new Map(others.map((person) => [addressOf(person), nameOf(person)]));
  return (
    <>
      <PeopleField
        people={event.participants}
        standings={standings}
        organizer={
          event.organizerCalendarAddress && isOrganizer(event, identities ?? [])
            ? Object.values(event.participants ?? {}).find((person) => !others.includes(person))
            : undefined
        }
        told={toldText(event, saved, identities ?? [], t, i18n.language)}
        onChange={(participants) => onChange(withPeople(event, participants, identities ?? []))}
      />
      {!isGuest && (
        <RoomsField
          span={span}
          zone={own}
          taken={new Set(others.map((person) => addressOf(person).toLowerCase()))}
          onAdd={(room) => {
            const person = { ...participantOf(room.email, room.name), kind: room.type };
            const people = { ...event.participants, [newKey(event.participants, "p")]: person };
            const next = withPeople(event, people, identities ?? []);
            const isThere = room.type === "location" && locationText(event) === "";
            onChange(isThere ? withLocation(next, room.name) : next);
          }}
        />
      )}
      {!isGuest && addresses.length > 0 && (
        <FindTime
          begin={begin}
          end={end}
          isAllDay={event.showWithoutTime === true}
          zone={own}
          people={times.map((each) => ({ ...each, name: names.get(each.address) ?? null }))}
          onMove={(next) => onChange(withTimes(event, next, next + end - begin, zone))}
        />
      )}
    </>
  );
}

/** Who hears of it when it is saved. */
function toldText(
  event: CalendarEvent,
  saved: CalendarEvent | null,
  identities: readonly ParticipantIdentity[],
  t: TFunction,
  language: string,
): string {
  if (!isOrganizer(event, identities)) return t("calendar:people.guest", { name: organizerName(event) });
  const now = othersIn(event, identities);
  const before = saved ? othersIn(saved, identities) : [];
  const among = (people: typeof now, yes: boolean) => (person: (typeof now)[number]) =>
    people.some((each) => addressOf(each).toLowerCase() === addressOf(person).toLowerCase()) === yes;
  const names = (people: typeof now) => listed(people.map(nameOf), language);
  const invited = now.filter(among(before, false));
  const kept = now.filter(among(before, true));
  const gone = before.filter(among(now, false));
  return [
    kept.length > 0 ? t("calendar:people.tells", { names: names(kept) }) : "",
    invited.length > 0 ? t("calendar:people.invites", { names: names(invited) }) : "",
    gone.length > 0 ? t("calendar:people.uninvites", { names: names(gone) }) : "",
  ]
    .filter(Boolean)
    .join(" ");
}
