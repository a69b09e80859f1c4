import { call, JmapError } from "../jmap";
import type { JSEvent } from "../jmap/calendars";

/** An event in a file, with what the file is for (RFC 5546 §1.4): `request`, `cancel`, `reply`, `counter`; none for a plain one. */
export interface ParsedEvent extends JSEvent {
  method?: string;
  sequence?: number;
}

interface ParseResponse {
  parsed: Record<string, ParsedEvent[]> | null;
  notParsable: string[] | null;
  notFound: string[] | null;
}

/** The events of an iCalendar file; none where it cannot be read. */
export async function eventParse(accountId: string, blobId: string): Promise<ParsedEvent[]> {
  const { parsed, notFound } = await call<ParseResponse>("CalendarEvent/parse", { accountId, blobIds: [blobId] });
  if (notFound?.includes(blobId)) throw new JmapError("notFound");
  return parsed?.[blobId] ?? [];
}
