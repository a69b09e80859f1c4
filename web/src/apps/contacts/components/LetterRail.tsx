import { useTranslation } from "react-i18next";
import classes from "./ContactList.module.css";

interface LetterRailProps {
  letters: ReadonlyMap<string, number>;
  onJump(letter: string): void;
}

/** The letters at the side of the list, to go to with one touch. With the keyboard, Shift and the letter do the same. */
export function LetterRail({ letters, onJump }: LetterRailProps) {
  const { t } = useTranslation("contacts");
  return (
    <nav className={classes.rail} aria-label={t("list.letters")}>
      {[...letters.keys()].map((letter) => (
        <button
          key={letter}
          type="button"
          tabIndex={-1}
          className={classes.railLetter}
          title={t("list.jump", { letter })}
          onClick={() => onJump(letter)}
        >
          {letter}
        </button>
      ))}
    </nav>
  );
}
