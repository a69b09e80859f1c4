import { useTranslation } from "react-i18next";
import { whenText } from "../../../lib/calendar/format";
import { offsetText, wallAt } from "../../../lib/calendar/zones";
import classes from "./Book.module.css";

/** When it takes place, on the guest's clock. */
export function When({ start, end, zone }: { start: number; end: number; zone: string }) {
  const { i18n } = useTranslation("book");
  return (
    <p className={classes.when}>
      {whenText({ begin: wallAt(start, zone), end: wallAt(end, zone), isAllDay: false }, i18n.language)}
      <span className={classes.zoneName}>
        {zone.replaceAll("_", " ")} · {offsetText(start, zone)}
      </span>
    </p>
  );
}
