import i18next, { type BackendModule, type TFunction } from "i18next";
import { initReactI18next } from "react-i18next";

/**
 * Texts live in `i18n/<language>/<app>.json` and are fetched when an app is first shown. Plural forms follow the
 * language's own categories (CLDR): `_one`, `_other`, and `_many` in French.
 */

export const languages = ["fr", "en"] as const;
export type Language = (typeof languages)[number];

const storageKey = "bastide.language";
const files = import.meta.glob<{ default: Record<string, unknown> }>("./*/*.json");

const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = files[`./${language}/${namespace}.json`];
    if (!load) {
      done(new Error(`No texts for ${namespace} in ${language}.`), false);
      return;
    }
    load().then(
      (module) => done(null, module.default),
      (error: Error) => done(error, false),
    );
  },
};

export async function startI18n(): Promise<void> {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  // Chosen in another tab.
  addEventListener("storage", ({ key }) => {
    if (key === storageKey) void i18next.changeLanguage(preferredLanguage());
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: preferredLanguage(),
      fallbackLng: "en",
      supportedLngs: [...languages],
      load: "currentOnly",
      ns: ["shell"],
      defaultNS: "shell",
      // React escapes what it shows.
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

/** Of the texts that are loaded; components use `useTranslation`, which waits for them. */
export const t: TFunction = ((...args: Parameters<TFunction>) => i18next.t(...args)) as TFunction;

export function currentLanguage(): Language {
  return i18next.language === "fr" ? "fr" : "en";
}

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  await i18next.changeLanguage(language);
}

export async function loadTexts(namespace: string): Promise<void> {
  await i18next.loadNamespaces(namespace);
}

/** What the person chose here, or the first language of the browser that there are texts for. */
function preferredLanguage(): Language {
  const wishes = [localStorage.getItem(storageKey) ?? "", ...navigator.languages];
  for (const wish of wishes) {
    const found = languages.find((language) => wish.toLowerCase().split("-")[0] === language);
    if (found) return found;
  }
  return "en";
}
