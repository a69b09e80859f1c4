import { useSyncExternalStore } from "react";
import { onSessionChange, type SessionState, sessionState, signOut } from "./session";

export function useSession(): SessionState & { signOut: () => Promise<void> } {
  return { ...useSyncExternalStore(onSessionChange, sessionState), signOut };
}
