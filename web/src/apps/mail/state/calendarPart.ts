import { useJmapSession } from "../../../lib/jmap";
import type { EmailBodyPart } from "../../../lib/jmap/types";

const calendars = "urn:ietf:params:jmap:calendars";

/** The part of a message that is about an event: a text beside the others, or a file. */
export function calendarPart(attachments: readonly EmailBodyPart[]): EmailBodyPart | undefined {
  const parts = attachments.filter(({ type, blobId }) => blobId && /^(text\/calendar|application\/ics)$/i.test(type));
  return parts.find(({ type }) => type.toLowerCase() === "text/calendar") ?? parts[0];
}

/** Whether the account of the message has calendars, or the person has; null where neither does. */
export function useCalendarAccount(mailAccount: string): string | null {
  const { accounts, primaryAccounts } = useJmapSession();
  if (accounts[mailAccount] && calendars in accounts[mailAccount].accountCapabilities) return mailAccount;
  return primaryAccounts[calendars] ?? null;
}
