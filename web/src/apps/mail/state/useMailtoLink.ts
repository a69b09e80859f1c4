import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { Identity } from "../../../lib/jmap/types";
import { openComposition } from "./compose/drafts";
import { newComposition } from "./compose/start";

/**
 * Begins the message that the address asks for, `/mail/inbox?compose=mailto:…` (RFC 6068): so other apps write to people.
 * It is then taken out of the address, and a reload begins no second one.
 */
export function useMailtoLink(accountId: string, identities: Identity[]): void {
  const { compose } = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();
  const begun = useRef<string | null>(null);
  useEffect(() => {
    if (!compose) begun.current = null;
    if (!compose || begun.current === compose || identities.length === 0) return;
    begun.current = compose;
    void navigate({
      to: ".",
      search: (before: Record<string, string | undefined>) => ({ ...before, compose: undefined }),
      replace: true,
    });
    if (compose.startsWith("mailto:")) openComposition(newComposition(accountId, identities, compose));
  }, [compose, accountId, identities, navigate]);
}
