import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

/**
 * What the address bar says: `/contacts/{place}/{card}?q=search&account=id`, with `/edit` behind a card that is being
 * written on and `/contacts/{place}/new/edit` for one that is not there yet. `account` is there for accounts other than
 * the person's own.
 */
export interface ContactLocation {
  place: Place;
  cardId: string | null;
  editing: boolean;
  search: string | null;
  accountId: string | null;
}

/** What is listed: everybody, an address book, a group, or who may be there twice. */
export type Place = { kind: "all" | "duplicates" } | { kind: "book" | "group"; id: string };

export type Move = Partial<ContactLocation> & { replace?: boolean };

/** In place of an id, for a card that is being made: no id of a server has a sign outside of RFC 8620 §1.2. */
export const newCard = "+new";

export const everybody: Place = { kind: "all" };

export function readLocation(splat: string | undefined, search: Record<string, string | undefined>): ContactLocation {
  const [place = "", cardId, editing] = (splat ?? "").split("/").map(decode);
  return {
    place: readPlace(place),
    cardId: cardId === "new" ? newCard : cardId || null,
    editing: editing === "edit",
    search: search.q ? String(search.q) : null,
    accountId: search.account ?? null,
  };
}

export function writeLocation(location: ContactLocation): {
  _splat: string;
  search: Record<string, string | undefined>;
} {
  const { place, cardId, editing, search, accountId } = location;
  const segments = ["id" in place ? `${place.kind}.${place.id}` : place.kind];
  if (cardId !== null) segments.push(cardId === newCard ? "new" : cardId);
  if (cardId !== null && editing) segments.push("edit");
  return {
    _splat: segments.join("/"),
    search: { ...(search ? { q: search } : {}), ...(accountId ? { account: accountId } : {}) },
  };
}

export function samePlace(one: Place, other: Place): boolean {
  return one.kind === other.kind && ("id" in one ? one.id : "") === ("id" in other ? other.id : "");
}

/** Where the person is in contacts, and how to go elsewhere. Going changes only what is named. */
export function useContactLocation(): [ContactLocation, (move: Move) => void] {
  const { _splat } = useParams({ strict: false }) as { _splat?: string };
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();
  const location = useMemo(() => readLocation(_splat, search), [_splat, search]);
  const go = useCallback(
    ({ replace = false, ...move }: Move) => {
      const target = writeLocation({ ...location, editing: false, ...move });
      void navigate({ to: "/contacts/$", params: { _splat: target._splat }, search: target.search, replace });
    },
    [location, navigate],
  );
  return [location, go];
}

function readPlace(segment: string): Place {
  const [kind, id] = segment.split(".", 2);
  if ((kind === "book" || kind === "group") && id) return { kind, id };
  return { kind: kind === "duplicates" ? "duplicates" : "all" };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
