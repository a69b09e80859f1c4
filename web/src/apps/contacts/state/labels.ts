import type { Labelled } from "../../../lib/jmap/contacts";

/** What an address, a number or a link is for, as one choice of a list: RFC 9553 §1.5.1 and, for phones, §2.3.3. */

type Entry = Labelled & { features?: Record<string, boolean> };

export const labelChoices = ["private", "work"] as const;
export const phoneChoices = ["mobile", "private", "work", "fax", "main-number"] as const;
const features = ["mobile", "cell", "fax", "pager", "main-number", "text", "video", "textphone"];

/** One of the choices, or a label somebody wrote; empty when it is for nothing in particular. */
export function labelOf(entry: Entry): string {
  if (entry.label) return entry.label;
  const feature = features.find((each) => entry.features?.[each]);
  if (feature) return feature === "cell" ? "mobile" : feature;
  return Object.keys(entry.contexts ?? {}).find((each) => entry.contexts?.[each]) ?? "";
}

/** The entry with another label; what the label does not say stays. */
export function withLabel<T extends Entry>(entry: T, label: string): T {
  if (label === labelOf(entry)) return entry;
  const { label: _, contexts: __, features: had, ...rest } = entry;
  const kept = Object.fromEntries(Object.entries(had ?? {}).filter(([name]) => !features.includes(name)));
  const made: Entry = { ...rest };
  const isFeature = features.includes(label);
  const wanted = isFeature ? { ...kept, [label]: true } : kept;
  if (Object.keys(wanted).length > 0) made.features = wanted;
  if (label === "private" || label === "work") made.contexts = { [label]: true };
  else if (label && !isFeature) made.label = label;
  return made as T;
}

/** Whether there is a text for it; any other is somebody's own words. */
export function isKnownLabel(label: string): boolean {
  return features.includes(label) || ["private", "work", "billing", "delivery"].includes(label);
}
