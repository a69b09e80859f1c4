import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { loadTexts } from "../../i18n";
import { theme, variables } from "../../ui/theme";
import { Refused } from "./api/ask";
import { BookPage } from "./components/BookPage";
import { ManagePage } from "./components/ManagePage";

const schemes = localStorageColorSchemeManager({ key: "bastide.colorScheme" });
const client = new QueryClient({
  defaultOptions: {
    queries: { retry: (count, error) => !(error instanceof Refused && error.reason !== "offline") && count < 2 },
  },
});

/** What must be there before it is drawn. */
export const ahead = () => loadTexts("book");

/** Booking pages, at `/book/TOKEN` and `/book/manage/SECRET`: for guests, who have no account and never sign in. */
export default function Book() {
  const [path, setPath] = useState(location.pathname);
  const [isNew, setNew] = useState(false);
  const [, , first = "", second = ""] = path.split("/");
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={client}>
        {first === "manage" ? (
          <ManagePage secret={second} isNew={isNew} />
        ) : (
          <BookPage
            token={first}
            onBooked={(secret) => {
              const next = `/book/manage/${secret}`;
              // Whoever loads the page again sees what they have booked, and books nothing twice.
              history.replaceState(null, "", next);
              setNew(true);
              setPath(next);
            }}
          />
        )}
      </QueryClientProvider>
    </MantineProvider>
  );
}
