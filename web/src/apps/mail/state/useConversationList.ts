import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { conversationWindow } from "../api/conversationWindow";
import { type ConversationList, emptyList, mergeWindow, needsLoading } from "./conversationList";
import { type ListView, mailKeys } from "./keys";
import { listQuery, windowSize } from "./listQuery";
import { readSettled } from "./pendingWrites";

const retryAfter = 3000;
/** Rows that are only passed by while scrolling fast are not loaded. */
const settleTime = 50;

export interface LoadedList {
  list: ConversationList | undefined;
  isPending: boolean;
  error: unknown;
  refetch(): void;
  /** Says which rows are on screen; those missing or old are loaded, with some around them. */
  show(from: number, to: number): void;
}

/** A list of conversations of any length, of which only what is looked at is loaded. */
export function useConversationList(view: ListView, enabled: boolean): LoadedList {
  const client = useQueryClient();
  const { accountId, filter } = view;
  const id = JSON.stringify(mailKeys.list(view));
  // biome-ignore lint/correctness/useExhaustiveDependencies: id is the view, whichever object carries it.
  const key = useMemo(() => mailKeys.list(view), [id]);
  const loading = useRef(new Map<number, Promise<void>>());
  const [range, setRange] = useState<[number, number]>([0, windowSize]);
  const [retries, setRetries] = useState(0);

  const { data, isPending, error, refetch } = useQuery({ ...listQuery(view), enabled });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins with nothing under way.
  useEffect(() => {
    loading.current = new Map();
    setRange([0, windowSize]);
  }, [key]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: retries asks once more after a failure.
  useEffect(() => {
    if (!data) return;
    const inFlight = loading.current;
    for (
      let start = Math.floor(range[0] / windowSize) * windowSize;
      start < Math.min(range[1], data.total);
      start += windowSize
    ) {
      if (inFlight.has(start) || !needsLoading(data, start, start + windowSize)) continue;
      const load = readSettled(accountId, () => conversationWindow(accountId, filter, start, windowSize))
        .then((window) => client.setQueryData<ConversationList>(key, (list) => mergeWindow(list ?? emptyList, window)))
        .catch(() => void setTimeout(() => setRetries((count) => count + 1), retryAfter))
        .finally(() => inFlight.delete(start));
      inFlight.set(start, load as Promise<void>);
    }
  }, [data, range, retries, key, client, accountId]);

  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = useCallback((from: number, to: number) => {
    clearTimeout(settling.current);
    settling.current = setTimeout(
      () => setRange((before) => (before[0] === from && before[1] === to ? before : [from, to])),
      settleTime,
    );
  }, []);
  useEffect(() => () => clearTimeout(settling.current), []);

  return { list: data, isPending, error, refetch: () => void refetch(), show };
}
