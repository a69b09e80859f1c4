import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { cardQuery } from "../api/cardQuery";
import { contactKeys } from "./keys";
import type { Directory, Entry } from "./listing";
import { plain } from "./names";

/**
 * The cards that a search finds: by the server, which looks into all of them, and, until it has answered and for parts of
 * words, by what is here. Null without a search.
 */
export function useFound(accountId: string, text: string | null, directory: Directory): ReadonlySet<string> | null {
  const wanted = text?.trim() ?? "";
  const { data } = useQuery({
    queryKey: contactKeys.search(accountId, wanted),
    queryFn: () => cardQuery(accountId, { text: wanted }),
    enabled: wanted !== "",
    staleTime: 60_000,
  });
  return useMemo(() => {
    if (!wanted) return null;
    const here = directory.entries.filter((entry) => isAbout(entry, wanted)).map(({ card }) => card.id);
    return new Set([...here, ...(data ?? [])]);
  }, [wanted, data, directory]);
}

function isAbout({ name, card }: Entry, wanted: string): boolean {
  const texts = [
    name,
    ...Object.values(card.nicknames ?? {}).map((each) => each.name),
    ...Object.values(card.organizations ?? {}).map((each) => each.name ?? ""),
    ...Object.values(card.titles ?? {}).map((each) => each.name),
    ...Object.values(card.emails ?? {}).map((each) => each.address),
  ];
  const all = plain(texts.join("\n"));
  const digits = wanted.replace(/\D/g, "");
  const isNumber = digits.length > 2 && /^[\d\s+().-]+$/.test(wanted);
  const numbers = Object.values(card.phones ?? {}).map(({ number }) => number.replace(/\D/g, ""));
  return (
    plain(wanted)
      .split(/\s+/)
      .every((word) => all.includes(word)) ||
    (isNumber && numbers.some((number) => number.includes(digits)))
  );
}
