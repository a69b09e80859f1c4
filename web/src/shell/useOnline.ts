import { useSyncExternalStore } from "react";
import { isReachable, onReachableChange } from "../lib/jmap";

/** Whether the network is there and the server answers. */
export function useOnline(): boolean {
  return useSyncExternalStore(follow, () => navigator.onLine && isReachable());
}

function follow(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  const undo = onReachableChange(listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
    undo();
  };
}
