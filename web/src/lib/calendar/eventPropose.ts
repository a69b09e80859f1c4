import { call } from "../jmap";

interface Proposal {
  /** The event, or one instance of a series. */
  id: string;
  /** On the clock of the event. */
  start: string;
  comment?: string;
}

/** Proposes another time to who invited. Nothing moves by it. docs/protocols/calendar.md */
export async function eventPropose(accountId: string, proposal: Proposal): Promise<void> {
  await call("CalendarEvent/propose", { accountId, ...proposal });
}
