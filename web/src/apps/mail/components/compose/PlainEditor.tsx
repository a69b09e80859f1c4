import { useTranslation } from "react-i18next";
import { edit } from "../../state/compose/drafts";
import { attach } from "../../state/compose/uploads";
import type { Composition } from "../../state/composition";
import classes from "./ComposeWindow.module.css";

/** Writing without form. */
export function PlainEditor({ composition }: { composition: Composition }) {
  const { t } = useTranslation("mail");
  return (
    <div className={classes.plain}>
      <textarea
        aria-label={t("compose.body")}
        value={composition.text}
        dir="auto"
        onChange={(event) => edit(composition.key, { text: event.currentTarget.value })}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return;
          event.preventDefault();
          void attach(composition.key, [...event.clipboardData.files]);
        }}
      />
    </div>
  );
}
