import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

/**
 * What the address bar says: `/mail/{mailbox}/{thread}?q=search&account=id`, or `/mail/settings`.
 * `mailbox` is a role or an id; `account` is there for accounts other than the person's own.
 */
export interface MailLocation {
  mailbox: string;
  threadId: string | null;
  search: string | null;
  accountId: string | null;
}

export type Move = Partial<MailLocation> & { replace?: boolean };

export function readLocation(splat: string | undefined, search: Record<string, string | undefined>): MailLocation {
  const [mailbox, threadId] = (splat ?? "").split("/");
  return {
    mailbox: mailbox ? decode(mailbox) : "inbox",
    threadId: threadId ? decode(threadId) : null,
    search: search.q ? String(search.q) : null,
    accountId: search.account ?? null,
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export function writeLocation(location: MailLocation): { _splat: string; search: Record<string, string | undefined> } {
  const splat = location.threadId ? `${location.mailbox}/${location.threadId}` : location.mailbox;
  return {
    _splat: splat,
    search: {
      ...(location.search ? { q: location.search } : {}),
      ...(location.accountId ? { account: location.accountId } : {}),
    },
  };
}

/** Where the person is in mail, and how to go elsewhere. Going changes only what is named. */
export function useMailLocation(): [MailLocation, (move: Move) => void] {
  const { _splat } = useParams({ strict: false }) as { _splat?: string };
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();
  const location = useMemo(() => readLocation(_splat, search), [_splat, search]);
  const go = useCallback(
    ({ replace = false, ...move }: Move) => {
      const target = writeLocation({ ...location, ...move });
      void navigate({ to: "/mail/$", params: { _splat: target._splat }, search: target.search, replace });
    },
    [location, navigate],
  );
  return [location, go];
}
