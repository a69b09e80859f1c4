import { useMemo } from "react";
import { useContacts } from "./ContactsContext";
import { useDifferentVersion, withoutDifferent } from "./different";
import { duplicatePairs, type Pair } from "./duplicates";

/** Who may be there twice, of those the person may change. */
export function useDuplicates(): Pair[] {
  const { directory, mayWrite } = useContacts();
  const version = useDifferentVersion();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version tells when the answer is another
  return useMemo(
    () => withoutDifferent(duplicatePairs(directory.entries.filter(({ card }) => mayWrite(card)))),
    [directory, mayWrite, version],
  );
}
