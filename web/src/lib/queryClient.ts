import { QueryClient } from "@tanstack/react-query";
import { isOffline } from "./jmap";

/**
 * What the server said, for every app. Push says when something has changed, so nothing is asked for again for being old;
 * what fails because the server cannot be reached is tried again, what the server refuses is not.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5 * 60_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      networkMode: "offlineFirst",
      retry: (failures, error) => isOffline(error) && failures < 4,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 15_000),
    },
    mutations: { networkMode: "always", retry: false },
  },
});
