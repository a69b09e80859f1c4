import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { isKnownLabel } from "../state/labels";

// i18n: contacts:label.*

/** The words for a label: the language's own for those of the standard, somebody's as they are. */
export function useLabelText(): (label: string) => string {
  const { t } = useTranslation("contacts");
  return useCallback((label) => (label && isKnownLabel(label) ? t(`label.${label}`) : label), [t]);
}
