import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { CalendarEvent } from "../../../../lib/jmap/calendars";
import { useCalendar } from "../../state/CalendarContext";
import { identitiesQuery } from "../../state/events";
import { ownTimes, withTimes } from "../../state/form";
import { addressOf, nameOf } from "../../state/people";
import { dayOf } from "../../state/time";
import { standingAt, useAvailability } from "../../state/useAvailability";
import { FindTime } from "./FindTime";
import { PeopleField } from "./PeopleField";

interface PeopleSectionProps {
  event: CalendarEvent;
  /** As it is kept, before it was edited; null for a new one. */
  saved: CalendarEvent | null;
  onChange(event: CalendarEvent): void;
}

const nobody: readonly string[] = [];

/** Who takes part, and when they are free. */
export function PeopleSection({ event, saved, onChange }: PeopleSectionProps) {
  const { zone, accounts } = useCalendar();
  const primary = accounts.find(({ isPrimary }) => isPrimary);
  const { data: identities } = useQuery({ ...identitiesQuery(primary?.id ?? ""), enabled: primary !== undefined });
  const { begin, end } = ownTimes(event, zone);
  const own = event.timeZone ?? zone;
  const me = (identities?.find(({ isDefault }) => isDefault) ?? identities?.[0])?.calendarAddress;
  const mine = identities?.map(({ calendarAddress }) => calendarAddress.toLowerCase()).join(" ") ?? "";
  const others = Object.values(event.participants ?? {}).filter((person) => {
    const address = addressOf(person).toLowerCase();
    return address !== "" && !mine.split(" ").includes(`mailto:${address}`);
  });
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
        onChange={(participants) => onChange({ ...event, participants })}
      />
      {addresses.length > 0 && (
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
