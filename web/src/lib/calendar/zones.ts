import { minute, readWall, type Wall } from "./time";

/** Time zones by the browser's own tables: what a clock shows somewhere at a moment, and the moment a clock shows something. */

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** Making a format costs a thousand times what using it does. */
function formatOf(zone: string): Intl.DateTimeFormat | null {
  let found = formats.get(zone);
  if (found === undefined) {
    try {
      found = new Intl.DateTimeFormat("en-US", {
        timeZone: zone,
        hourCycle: "h23",
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
      });
    } catch {
      found = null;
    }
    formats.set(zone, found);
  }
  return found;
}

export const homeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** What a clock of the zone shows at a moment. A zone that nobody knows is taken for UTC. */
export function wallAt(moment: number, zone: string): Wall {
  const format = zone === "Etc/UTC" || zone === "UTC" ? null : formatOf(zone);
  if (!format) return moment;
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(moment)) parts[type] = value;
  const { year, month, day, hour, minute: minutes, second } = parts;
  return (
    readWall(`${year?.padStart(4, "0")}-${month}-${day}T${hour}:${minutes}:${second}`) +
    (((moment % 1000) + 1000) % 1000)
  );
}

/** How far the clocks of a zone are ahead of UTC at a moment, in minutes. */
export function offsetAt(moment: number, zone: string): number {
  return Math.round((wallAt(moment, zone) - moment) / minute);
}

/**
 * The moment at which a clock of the zone shows a time: the first of two where clocks go back; where they go forward and the
 * time is skipped, as if they had not yet (RFC 8984 §1.4.4, RFC 5545 §3.3.5).
 */
export function momentOf(wall: Wall, zone: string): number {
  const day = 24 * 60 * minute;
  const before = wall - offsetAt(wall - day, zone) * minute;
  const after = wall - offsetAt(wall + day, zone) * minute;
  if (before === after || wallAt(before, zone) === wall) return before;
  return wallAt(after, zone) === wall ? after : before;
}

/** The same moment on another zone's clock. */
export function moved(wall: Wall, from: string, to: string): Wall {
  return from === to ? wall : wallAt(momentOf(wall, from), to);
}

/** `Paris`, `New York`: the city that names the zone. */
export function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** `UTC+2`, `UTC−3:30`, at a moment. */
export function offsetText(moment: number, zone: string): string {
  const offset = offsetAt(moment, zone);
  const size = Math.abs(offset);
  const rest = size % 60 ? `:${String(size % 60).padStart(2, "0")}` : "";
  return offset === 0 ? "UTC" : `UTC${offset < 0 ? "−" : "+"}${Math.floor(size / 60)}${rest}`;
}

/** Every zone that the browser knows, for fields that choose one. */
export function allZones(): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return known.includes(homeZone) ? known : [homeZone, ...known];
}
