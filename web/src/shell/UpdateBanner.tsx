import { Button } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./Banner.module.css";
import { newVersion } from "./serviceWorker";

/** Never reloads by itself: somebody may be writing. */
export function UpdateBanner() {
  const { t } = useTranslation("shell");
  const reload = newVersion.use();
  return (
    <div role="status">
      {reload && (
        <div className={classes.banner}>
          <IconSparkles size={18} stroke={1.7} aria-hidden="true" />
          <span className={classes.text}>{t("update.ready")}</span>
          <Button size="compact-sm" variant="default" onClick={() => newVersion.set(null)}>
            {t("action.later")}
          </Button>
          <Button size="compact-sm" onClick={reload}>
            {t("update.reload")}
          </Button>
        </div>
      )}
    </div>
  );
}
