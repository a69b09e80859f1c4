import { useTranslation } from "react-i18next";
import classes from "./ImportDialog.module.css";

const shown = 200;

/** What is not taken, by its line in the file, and why. */
export function RefusedList({ refused }: { refused: { line: number; text: string }[] }) {
  const { t } = useTranslation("contacts");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={classes.list} aria-label={t("import.refusedLabel")} tabIndex={0}>
      {refused.slice(0, shown).map(({ line, text }) => (
        <p key={line} className={classes.refused}>
          <span className={classes.line}>{t("import.line", { line })}</span> {text}
        </p>
      ))}
    </section>
  );
}
