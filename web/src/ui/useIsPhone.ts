import { useSyncExternalStore } from "react";
import { phoneWidth } from "./theme";

const query = typeof matchMedia === "undefined" ? undefined : matchMedia(`(max-width: ${phoneWidth})`);

/** Whether the page is narrow; right from the first render, so that nothing is laid out twice. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(follow, () => query?.matches ?? false);
}

function follow(listener: () => void): () => void {
  query?.addEventListener("change", listener);
  return () => query?.removeEventListener("change", listener);
}
