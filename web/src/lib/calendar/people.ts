import type { JSEvent, Participant, ParticipantIdentity } from "../jmap/calendars";

export function addressOf(person: Participant): string {
  return (person.calendarAddress ?? person.email ?? "").replace(/^mailto:/i, "");
}

export function nameOf(person: Participant): string {
  return person.name?.trim() || addressOf(person);
}

/** As which participant the person is invited; null when they are not, or invite themselves. */
export function invitedAs(event: JSEvent, identities: readonly ParticipantIdentity[]): string | null {
  const own = ownAddresses(identities);
  if (event.organizerCalendarAddress && isOrganizer(event, identities)) return null;
  const found = Object.entries(event.participants ?? {}).find(
    ([, person]) => own.has(addressOf(person).toLowerCase()) && !person.roles?.["owner"],
  );
  return found?.[0] ?? null;
}

/** The event with somebody's answer. */
export function answered<T extends JSEvent>(
  event: T,
  id: string,
  status: NonNullable<Participant["participationStatus"]>,
  comment: string,
): T {
  const { participationComment: _, ...person } = event.participants?.[id] ?? {};
  const after = { ...person, participationStatus: status, ...(comment && { participationComment: comment }) };
  return { ...event, participants: { ...event.participants, [id]: after } };
}

/** The patch of an answer, which names it alone: whoever is invited may change nothing else. */
export function answerPatch(event: JSEvent, id: string, status: string, comment: string): Record<string, unknown> {
  const path = `participants/${id.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const before = event.participants?.[id]?.participationComment ?? "";
  return {
    [`${path}/participationStatus`]: status,
    ...(comment !== before && { [`${path}/participationComment`]: comment || null }),
  };
}

/** Those who take part beside oneself. */
export function othersIn(event: JSEvent, identities: readonly ParticipantIdentity[]): Participant[] {
  const own = ownAddresses(identities);
  return Object.values(event.participants ?? {}).filter((person) => {
    const address = addressOf(person).toLowerCase();
    return address !== "" && !own.has(address);
  });
}

/** Whether it is oneself who invites; what nobody invites to is one's own as well. */
export function isOrganizer(event: JSEvent, identities: readonly ParticipantIdentity[]): boolean {
  const organizer = plain(event.organizerCalendarAddress ?? "");
  return organizer === "" || ownAddresses(identities).has(organizer);
}

/** Who invites, by their name where it is known. */
export function organizerName(event: JSEvent): string {
  const organizer = plain(event.organizerCalendarAddress ?? "");
  const people = Object.values(event.participants ?? {});
  const found =
    people.find((person) => organizer !== "" && addressOf(person).toLowerCase() === organizer) ??
    people.find(({ roles }) => roles?.["owner"]);
  return found ? nameOf(found) : organizer;
}

function ownAddresses(identities: readonly ParticipantIdentity[]): ReadonlySet<string> {
  return new Set(identities.map(({ calendarAddress }) => plain(calendarAddress)));
}

function plain(calendarAddress: string): string {
  return calendarAddress.replace(/^mailto:/i, "").toLowerCase();
}

/** The event with oneself as who invites, as soon as there are others; alone again, nobody does. */
export function withPeople<T extends JSEvent>(
  event: T,
  people: Record<string, Participant>,
  identities: readonly ParticipantIdentity[],
): T {
  const next: T = { ...event, participants: people };
  const others = othersIn(next, identities);
  const own = identities.find(({ isDefault }) => isDefault) ?? identities[0];
  if (!own || (event.organizerCalendarAddress !== undefined && !isOrganizer(event, identities))) return next;
  if (others.length === 0) {
    const { organizerCalendarAddress: _, ...rest } = next;
    return { ...rest, participants: {} } as T;
  }
  if (event.organizerCalendarAddress) return next;
  const isIn = others.length < Object.keys(people).length;
  const me: Participant = {
    "@type": "Participant",
    ...(own.name && { name: own.name }),
    calendarAddress: own.calendarAddress,
    roles: { owner: true, attendee: true },
    participationStatus: "accepted",
  };
  const key = ["me", "me1", "me2"].find((each) => !(each in people)) ?? crypto.randomUUID();
  return {
    ...next,
    participants: isIn ? people : { [key]: me, ...people },
    organizerCalendarAddress: own.calendarAddress,
  };
}

/** Reads an address as people write it: `ana@example.org`, `Ana Lima <ana@example.org>`; null for what is none. */
export function readPerson(text: string): Participant | null {
  const [, name = "", address = ""] =
    /^\s*(?:"?([^"<]*?)"?\s*<)?\s*([^\s<>@]+@[^\s<>@]+\.[^\s<>@]+|[^\s<>@]+@localhost)\s*>?\s*$/.exec(text) ?? [];
  return address ? participantOf(address, name.trim()) : null;
}

/** Somebody as one invites them. */
export function participantOf(address: string, name?: string | null): Participant {
  return {
    "@type": "Participant",
    ...(name && { name }),
    calendarAddress: `mailto:${address}`,
    roles: { attendee: true },
    participationStatus: "needs-action",
    expectReply: true,
  };
}
