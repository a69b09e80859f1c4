import { IconCheck } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { calendarColours } from "../../../ui";
import classes from "./ColourField.module.css";

interface ColourFieldProps {
  label: string;
  value: string | null;
  /** That which is there when none is chosen; without it one is always chosen. */
  standard?: string;
  onChange(colour: string | null): void;
}

// i18n: calendar:colours.*
/** One of the colours that are offered, or the one that is there already. */
export function ColourField({ label, value, standard, onChange }: ColourFieldProps) {
  const { t } = useTranslation("calendar");
  const known: readonly string[] = calendarColours;
  const own = value && !known.includes(value.toLowerCase()) ? [value] : [];
  const name = (colour: string) => {
    const at = known.indexOf(colour);
    return at < 0 ? colour : t(`colours.${at}`);
  };
  return (
    <fieldset className={classes.field}>
      <legend className={classes.legend}>{label}</legend>
      <div className={classes.swatches}>
        {standard !== undefined && (
          <Swatch
            colour={standard}
            label={t("colours.standard")}
            isChosen={value === null}
            isStandard
            onChoose={() => onChange(null)}
          />
        )}
        {[...calendarColours, ...own].map((colour) => (
          <Swatch
            key={colour}
            colour={colour}
            label={name(colour)}
            isChosen={value?.toLowerCase() === colour.toLowerCase()}
            onChoose={() => onChange(colour)}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface SwatchProps {
  colour: string;
  label: string;
  isChosen: boolean;
  isStandard?: boolean;
  onChoose(): void;
}

function Swatch({ colour, label, isChosen, isStandard, onChoose }: SwatchProps) {
  return (
    <button
      type="button"
      className={classes.swatch}
      style={{ "--event": colour } as CSSProperties}
      data-standard={isStandard || undefined}
      aria-label={label}
      title={label}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      {isChosen && <IconCheck className={classes.check} aria-hidden />}
    </button>
  );
}
