import { call } from "../jmap";

/** The extension that knows proposals: docs/protocols/calendar.md. */
const using = ["urn:ietf:params:jmap:core", "urn:ietf:params:jmap:calendars", "urn:bastide:jmap:calendars"];

interface Proposal {
  /** The event, or one instance of a series. */
  id: string;
  /** On the clock of the event. */
  start: string;
  comment?: string;
}

/** Proposes another time to who invited. Nothing moves by it. */
export async function eventPropose(accountId: string, proposal: Proposal): Promise<void> {
  await call("CalendarEvent/propose", { accountId, ...proposal }, using);
}
