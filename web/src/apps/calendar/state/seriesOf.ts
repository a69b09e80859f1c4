import { eventGet } from "../../../lib/calendar/eventGet";
import { occurrenceIds } from "../../../lib/calendar/eventQuery";
import { addDays, dayOf, readWall, writeWall } from "../../../lib/calendar/time";
import { JmapError } from "../../../lib/jmap";
import type { CalendarEvent } from "../../../lib/jmap/calendars";

/** An event with all that there is of it, as the server has it now. */
export async function wholeEvent(accountId: string, id: string): Promise<CalendarEvent> {
  const [event] = await eventGet<CalendarEvent>(accountId, [id]);
  if (!event) throw new JmapError("notFound");
  return event;
}

/** Over less than the server expands at once. */
const stepDays = 700;

/**
 * How many occurrences of a series are before one of them, those taken out included: what a rule that counts has used up.
 * The server is asked only where the rule counts.
 */
export async function countBefore(accountId: string, series: CalendarEvent, key: string): Promise<number> {
  if (series.recurrenceRule?.count === undefined || series.uid === undefined) return 0;
  const compact = (name: string) => name.replace(/[-:]/g, "");
  const found = new Set(Object.keys(series.recurrenceOverrides ?? {}).map(compact));
  const zone = series.timeZone ?? "Etc/UTC";
  for (let from = series.start; from < key; ) {
    const to =
      [
        writeWall(readWall(from) + stepDays * 86_400_000),
        `${addDays(dayOf(readWall(key)), 1)}T00:00:00`,
      ].toSorted()[0] ?? key;
    for (const id of await occurrenceIds(accountId, { uid: series.uid, after: from, before: to }, zone)) {
      const name = id.split("-")[1];
      if (name) found.add(name);
    }
    from = to;
  }
  return [...found].filter((name) => name < compact(key)).length;
}
