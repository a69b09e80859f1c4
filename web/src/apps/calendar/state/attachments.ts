import type { EventLink, JSEvent } from "../../../lib/jmap/calendars";

export interface Attached {
  key: string;
  name: string;
  /** In octets; null where it is not known. */
  size: number | null;
  /** Where it is fetched; null for one that is not saved yet, or whose address a browser should not follow. */
  href: string | null;
}

/** The files of an event, and the addresses that were attached to it. Anybody may have written them: not every address is followed. */
export function attachedTo(event: JSEvent): Attached[] {
  return Object.entries(event.links ?? {})
    .filter(([, link]) => link.rel === "enclosure" || link.blobId !== undefined)
    .map(([key, link]) => ({
      key,
      name: link.title?.trim() || nameIn(link.href) || link.contentType || key,
      size: link.size ?? null,
      href: link.href && /^(https?:|data:)/i.test(link.href) ? link.href : null,
    }));
}

/** The last part of an address, which is mostly the name of a file. */
function nameIn(href: string | undefined): string | null {
  if (!href || !/^https?:/i.test(href) || !URL.canParse(href)) return null;
  const { pathname, hostname } = new URL(href);
  const last = pathname.split("/").pop();
  try {
    return last ? decodeURIComponent(last) : hostname;
  } catch {
    return last ?? hostname;
  }
}

/** The link of a file that was sent to the server. */
export function linkOf(file: { name: string; type: string; size: number }, blobId: string): EventLink {
  return {
    "@type": "Link",
    blobId,
    rel: "enclosure",
    title: file.name,
    size: file.size,
    ...(file.type && { contentType: file.type }),
  };
}
