import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { edit } from "../../state/compose/drafts";
import { changeWindow, composeWindow } from "../../state/compose/windows";
import type { Composition } from "../../state/composition";
import { fullHtml, fullText } from "../../state/composition";
import { frameDocument } from "../../state/frameDocument";
import { textToHtml } from "../../state/plainText";
import classes from "./ComposeWindow.module.css";

/** The message that is answered or forwarded: it goes along unless taken away, and can be taken into the text to be changed. */
export function QuotePreview({ composition }: { composition: Composition }) {
  const { t } = useTranslation("mail");
  const [open, setOpen] = useState(composition.quote?.forward ?? false);
  const { quote, key } = composition;
  if (!quote) return null;

  const takeIn = () => {
    edit(
      key,
      composition.plain ? { text: fullText(composition), quote: null } : { html: fullHtml(composition), quote: null },
    );
    changeWindow(key, { revision: (composeWindow(key)?.revision ?? 0) + 1 });
  };
  return (
    <div className={classes.quote}>
      <div className={classes.quoteBar}>
        <button
          type="button"
          className={classes.quoteMark}
          aria-expanded={open}
          aria-label={t("compose.quoted")}
          title={t("compose.quoted")}
          onClick={() => setOpen(!open)}
        >
          •••
        </button>
        {open && (
          <>
            <Button size="compact-xs" variant="subtle" onClick={takeIn}>
              {t("compose.editQuote")}
            </Button>
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => edit(key, { quote: null })}>
              {t("compose.removeQuote")}
            </Button>
          </>
        )}
      </div>
      {open && (
        <iframe
          className={classes.quoteFrame}
          title={t("compose.quoted")}
          sandbox=""
          srcDoc={shown(quote.intro, quote.html || textToHtml(quote.text))}
        />
      )}
    </div>
  );
}

function shown(intro: string, html: string): string {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return frameDocument(`${textToHtml(intro)}${html}`, {
    remoteImages: false,
    inline: new Map(),
    colours: {
      text: colour("--bastide-text"),
      link: colour("--bastide-accent"),
      soft: colour("--bastide-text-soft"),
      border: colour("--bastide-border-strong"),
      dark: document.documentElement.dataset.mantineColorScheme === "dark",
    },
    fontFamily: "sans-serif",
    quoteLabel: "",
  }).html;
}
