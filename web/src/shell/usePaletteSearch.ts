import { useEffect, useState } from "react";
import { type SearchResult, searchProviders } from "./commands";

interface Found {
  id: string;
  labelId: string;
  results: SearchResult[];
}

/** Long enough not to ask for every letter, short enough not to be noticed. */
const pause = 150;

/** Asks every app at once, and shows what each finds as it comes. One that fails shows nothing; the others stay. */
export function usePaletteSearch(query: string): { found: Found[]; isSearching: boolean } {
  const providers = searchProviders.use();
  const [state, setState] = useState<{ query: string; found: Found[]; waiting: number }>(nothing);
  const wanted = query.trim();

  useEffect(() => {
    if (!wanted) {
      setState(nothing);
      return;
    }
    const ending = new AbortController();
    const timer = setTimeout(() => {
      setState({ query: wanted, found: [], waiting: providers.length });
      for (const { id, labelId, search } of providers) {
        search(wanted, ending.signal)
          .catch((): SearchResult[] => [])
          .then((results) => {
            if (ending.signal.aborted) return;
            setState(({ found, waiting }) => ({
              query: wanted,
              found: [...found, { id, labelId, results }],
              waiting: waiting - 1,
            }));
          });
      }
    }, pause);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [wanted, providers]);

  const isSearching = wanted !== "" && providers.length > 0 && (state.query !== wanted || state.waiting > 0);
  return { found: wanted ? state.found : [], isSearching };
}

const nothing = { query: "", found: [], waiting: 0 };
