import type { JSEvent } from "../jmap/calendars";

/** Where an event is, in a line: its main location, or else the first that has a name. */
export function locationText(event: Pick<JSEvent, "locations"> & { mainLocationId?: unknown }): string {
  return mainLocation(event)?.[1].name?.trim() ?? "";
}

export function mainLocation(event: Pick<JSEvent, "locations"> & { mainLocationId?: unknown }) {
  const all = Object.entries(event.locations ?? {});
  return all.find(([id]) => id === event.mainLocationId) ?? all.find(([, { name }]) => name) ?? all[0];
}

/** A meeting's address, where it is one to open. */
export function videoUri(event: Pick<JSEvent, "virtualLocations">): string | null {
  const uri = Object.values(event.virtualLocations ?? {})[0]?.uri ?? "";
  return /^https?:\/\//i.test(uri) ? uri : null;
}
