import { useTranslation } from "react-i18next";
import type { Standing } from "../../state/useAvailability";
import classes from "./EventForm.module.css";

// i18n: calendar:findTime.standing.*
/** Whether somebody is free, in a word. */
export function StandingChip({ standing }: { standing: Standing | undefined }) {
  const { t } = useTranslation("calendar");
  if (!standing || standing === "pending") return null;
  return (
    <span className={classes.standing} data-standing={standing}>
      {t(`findTime.standing.${standing}`)}
    </span>
  );
}
