import { useTranslation } from "react-i18next";
import { Avatar } from "../../../../ui";
import type { Preview } from "../../state/importFile";
import { displayName, first } from "../../state/names";
import classes from "./ImportDialog.module.css";

const shown = 50;

/** The first of the cards as they would be. */
export function PreviewList({ cards }: { cards: Preview["cards"] }) {
  const { t } = useTranslation("contacts");
  if (cards.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={classes.list} aria-label={t("import.preview")} tabIndex={0}>
      {cards.slice(0, shown).map(({ line, card }) => {
        const name = displayName(card);
        const details = [first(card.emails)?.address, first(card.phones)?.number, first(card.organizations)?.name];
        return (
          <div key={line} className={classes.person}>
            <Avatar name={name} address={first(card.emails)?.address ?? null} size={28} />
            <span className={classes.name} dir="auto">
              {name}
            </span>
            <span className={classes.details} dir="auto">
              {details.filter((text) => text && text !== name).join(" · ")}
            </span>
          </div>
        );
      })}
      {cards.length > shown && <p className={classes.hint}>{t("import.more", { count: cards.length - shown })}</p>}
    </section>
  );
}
