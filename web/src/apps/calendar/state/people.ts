import type { JSEvent, Participant, ParticipantIdentity } from "../../../lib/jmap/calendars";

export function addressOf(person: Participant): string {
  return (person.calendarAddress ?? person.email ?? "").replace(/^mailto:/i, "");
}

export function nameOf(person: Participant): string {
  return person.name?.trim() || addressOf(person);
}

/** As which participant the person is invited; null when they are not, or invite themselves. */
export function invitedAs(event: JSEvent, identities: readonly ParticipantIdentity[]): string | null {
  const own = new Set(identities.map(({ calendarAddress }) => calendarAddress.toLowerCase()));
  if (event.organizerCalendarAddress && own.has(event.organizerCalendarAddress.toLowerCase())) return null;
  const found = Object.entries(event.participants ?? {}).find(([, { calendarAddress, roles }]) => {
    return calendarAddress && own.has(calendarAddress.toLowerCase()) && !roles?.["owner"];
  });
  return found?.[0] ?? null;
}

/** Reads an address as people write it: `ana@example.org`, `Ana Lima <ana@example.org>`; null for what is none. */
export function readPerson(text: string): Participant | null {
  const [, name = "", address = ""] =
    /^\s*(?:"?([^"<]*?)"?\s*<)?\s*([^\s<>@]+@[^\s<>@]+\.[^\s<>@]+|[^\s<>@]+@localhost)\s*>?\s*$/.exec(text) ?? [];
  if (!address) return null;
  return {
    "@type": "Participant",
    ...(name.trim() && { name: name.trim() }),
    calendarAddress: `mailto:${address}`,
    roles: { attendee: true },
    participationStatus: "needs-action",
    expectReply: true,
  };
}
