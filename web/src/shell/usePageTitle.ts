import { useEffect } from "react";

/** The title of the document, and so of the tab and of what a screen reader says on arriving. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Bastide` : "Bastide";
  }, [title]);
}
