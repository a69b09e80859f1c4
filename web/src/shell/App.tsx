import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { type SignInError, useSession } from "../lib/oidc";
import { queryClient } from "../lib/queryClient";
import { useIsPhone } from "../ui";
import { theme, variables } from "../ui/theme";
import classes from "./App.module.css";
import { ErrorBoundary } from "./ErrorScreen";
import { router } from "./router";
import { SessionExpired } from "./SessionExpired";
import { SignInPage } from "./SignInPage";

const schemes = localStorageColorSchemeManager({ key: "bastide.colorScheme" });

export function App({ signInFailure }: { signInFailure: SignInError | null }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
    >
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <ModalsProvider>
            <Toasts />
            <Workplace signInFailure={signInFailure} />
          </ModalsProvider>
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}

/** Beside the windows in which one writes, whose buttons stay free. */
function Toasts() {
  const isPhone = useIsPhone();
  return (
    <Notifications
      position={isPhone ? "bottom-center" : "bottom-left"}
      limit={4}
      zIndex={250}
      classNames={{ root: classes.toasts }}
    />
  );
}

function Workplace({ signInFailure }: { signInFailure: SignInError | null }) {
  const { status, subject } = useSession();
  const person = useRef("");
  const statusBefore = useRef(status);

  useEffect(() => {
    if (subject && person.current && person.current !== subject) {
      // Somebody else has signed in through another tab: nothing of the one before may stay on the screen.
      location.assign("/");
      return;
    }
    if (subject) person.current = subject;
    if (status === "signedOut") queryClient.clear();
    if (status === "signedIn" && statusBefore.current === "expired") void queryClient.invalidateQueries();
    statusBefore.current = status;
  }, [status, subject]);

  if (status === "starting") return null;
  if (status === "signedOut") return <SignInPage failure={signInFailure} isAutomatic={person.current === ""} />;
  return (
    <>
      <RouterProvider router={router} />
      <SessionExpired />
    </>
  );
}
