import { call } from "../jmap";

interface Proposal {
  /** The event, or one instance of a series. */
  id: string;
  /** On the clock of the event. */
  start: string;
  comment?: string;
}

interface Refusal {
  id: string;
  /** Who proposed. */
  calendarAddress: string;
  comment?: string;
}

/** Tells who proposed another time that the event stays where it is (RFC 5546 §3.2.8). docs/protocols/calendar.md */
export async function eventDeclineProposal(accountId: string, refusal: Refusal): Promise<void> {
  await call("CalendarEvent/declineProposal", { accountId, ...refusal });
}

/** Proposes another time to who invited. Nothing moves by it. docs/protocols/calendar.md */
export async function eventPropose(accountId: string, proposal: Proposal): Promise<void> {
  await call("CalendarEvent/propose", { accountId, ...proposal });
}
