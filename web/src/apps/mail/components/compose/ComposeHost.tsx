import { Button } from "@mantine/core";
import { hideNotification, showNotification } from "@mantine/notifications";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { failed, useIsPhone } from "../../../../ui";
import { openComposition } from "../../state/compose/drafts";
import { heldBefore, isHolding } from "../../state/compose/send";
import { keptWindows, useComposeWindows } from "../../state/compose/windows";
import classes from "./ComposeHost.module.css";
import { ComposeWindow } from "./ComposeWindow";

/** The messages being written, side by side at the foot of the screen; on a phone one fills it. */
export function ComposeHost() {
  const { t } = useTranslation("mail");
  const windows = useComposeWindows();
  const isPhone = useIsPhone();
  useRestored(t("compose.restored"));

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (isHolding()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);

  if (windows.length === 0) return null;
  const full = windows.findLast(({ mode }) => mode === "full" || (isPhone && mode === "floating"));
  return (
    <div className={classes.host} data-full={full ? true : undefined}>
      {windows.map((window) => (
        <ComposeWindow key={window.composition.key} window={window} full={window === full} isPhone={isPhone} />
      ))}
    </div>
  );
}

/** What was being written when the page was left is there again; what was held and not sent is told of. */
function useRestored(restored: string): void {
  const { t } = useTranslation("mail");
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    void keptWindows().then((found) => {
      for (const { composition, mode } of found) {
        const complete = composition.attachments.filter((attachment) => attachment.blobId !== null);
        if (complete.length < composition.attachments.length) failed(restored);
        openComposition({ ...composition, attachments: complete }, mode);
      }
    });
    void heldBefore().then((compositions) => {
      for (const composition of compositions) {
        tellOfHeld(
          t("compose.wasHeld", { subject: composition.subject || t("list.noSubject") }),
          t("compose.openAgain"),
          () => openComposition(composition),
        );
      }
    });
  }, [restored, t]);
}

function tellOfHeld(message: string, label: string, open: () => void): void {
  const id = crypto.randomUUID();
  showNotification({
    id,
    autoClose: false,
    color: "yellow",
    message: (
      <span className={classes.held}>
        <span>{message}</span>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            hideNotification(id);
            open();
          }}
        >
          {label}
        </Button>
      </span>
    ),
  });
}
