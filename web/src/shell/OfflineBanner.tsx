import { Button } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { reconnect } from "../lib/jmap";
import classes from "./Banner.module.css";
import { useOnline } from "./useOnline";

export function OfflineBanner() {
  const { t } = useTranslation("shell");
  const isOnline = useOnline();
  return (
    <div role="status">
      {!isOnline && (
        <div className={classes.banner} data-warning>
          <IconCloudOff size={18} stroke={1.7} aria-hidden="true" />
          <span className={classes.text}>{navigator.onLine ? t("offline.server") : t("offline.network")}</span>
          {navigator.onLine && (
            <Button size="compact-sm" variant="default" onClick={reconnect}>
              {t("action.retry")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
