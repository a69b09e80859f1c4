import { Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCapability } from "../lib/jmap";
import { persistently } from "../lib/persistently";
import { SkeletonRows } from "../ui";
import { closeDialog, openDialog, openPalette, openShortcutMap } from "./dialogs";
import { OfflineBanner } from "./OfflineBanner";
import { Rail } from "./Rail";
import classes from "./Shell.module.css";
import { useShortcuts } from "./shortcuts";
import { UpdateBanner } from "./UpdateBanner";
import { useShellCommands } from "./useShellCommands";
import { useTypeAhead } from "./useTypeAhead";

const Alarms = lazy(() => persistently(() => import("./Alarms")));
const Palette = lazy(() => persistently(() => import("./Palette")));
const ShortcutMap = lazy(() => persistently(() => import("./ShortcutMap")));

/** What surrounds every app: the way in by keyboard, the rail, news about the connection, and the shell's dialogs. */
export function Shell() {
  const { t } = useTranslation("shell");
  const dialog = openDialog.use();
  const main = useFocusOnAppChange();
  const hasCalendar = useCapability("urn:ietf:params:jmap:calendars");
  const isSettled = useIsSettled();
  useShellCommands();
  useTypeAhead(dialog?.kind === "palette");
  useShortcuts("shell:shortcuts.everywhere", [
    { keys: "mod+k", labelId: "shell:palette.open", run: () => openPalette(), whileTyping: true },
    { keys: "?", labelId: "shell:shortcuts.open", run: openShortcutMap },
  ]);

  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {t("skip")}
      </button>
      <Rail />
      <div className={classes.content}>
        <OfflineBanner />
        <UpdateBanner />
        <main id="main" ref={main} tabIndex={-1} className={classes.main}>
          <Suspense fallback={<SkeletonRows />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Suspense>{hasCalendar && isSettled && <Alarms />}</Suspense>
      <Suspense>
        {dialog?.kind === "palette" && <Palette query={dialog.query} onQuery={openPalette} onClose={closeDialog} />}
        {dialog?.kind === "shortcuts" && <ShortcutMap onClose={closeDialog} />}
      </Suspense>
    </div>
  );
}

/** Whether the first screen has had its time: what is not of it would compete with what it waits for. */
function useIsSettled(): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 2_000);
    return () => clearTimeout(timer);
  }, []);
  return isSettled;
}

/** Going to another app moves the focus there, as opening a page would; the first page keeps the browser's own. */
function useFocusOnAppChange() {
  const main = useRef<HTMLElement>(null);
  const app = useRouterState({ select: (state) => state.location.pathname.split("/")[1] ?? "" });
  const before = useRef(app);
  useEffect(() => {
    if (before.current === app) return;
    // The redirection from the root is not a move the person made.
    const moved = before.current !== "";
    before.current = app;
    if (moved) main.current?.focus({ preventScroll: true });
  }, [app]);
  return main;
}
