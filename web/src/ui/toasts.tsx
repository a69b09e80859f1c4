import { Button } from "@mantine/core";
import { hideNotification, showNotification } from "@mantine/notifications";
import { t } from "../i18n";
import classes from "./toasts.module.css";

const undoTime = 7_000;
const failureTime = 10_000;

/** Says what was done, and offers to undo it for a few seconds. Gives a function that takes the offer away. */
export function undoable(message: string, undo: () => unknown, time = undoTime): () => void {
  const id = crypto.randomUUID();
  const close = () => hideNotification(id);
  showNotification({
    id,
    autoClose: time,
    withCloseButton: true,
    role: "status",
    closeButtonProps: { "aria-label": t("shell:action.close") },
    message: (
      <span className={classes.line}>
        <span className={classes.text}>{message}</span>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            close();
            void undo();
          }}
        >
          {t("shell:action.undo")}
        </Button>
      </span>
    ),
  });
  return close;
}

/** Says what could not be done. */
export function failed(message: string): void {
  showNotification({
    message,
    color: "red",
    autoClose: failureTime,
    role: "alert",
    closeButtonProps: { "aria-label": t("shell:action.close") },
  });
}
