import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { languages } from "../src/i18n";
import { codeOf, sourceFiles, sourceFolder } from "./source";

/** Both languages have every text, and the code asks for none that is not there. */

type Texts = Map<string, string>;

const folder = join(sourceFolder, "i18n");
const namespaces = readdirSync(join(folder, "en")).map((file) => file.replace(/\.json$/, ""));
const plural = /_(zero|one|two|few|many|other)$/;

function texts(language: string, namespace: string): Texts {
  const found: Texts = new Map();
  const walk = (node: Record<string, unknown>, path: string) => {
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === "string") found.set(path + key, value);
      else walk(value as Record<string, unknown>, `${path}${key}.`);
    }
  };
  walk(JSON.parse(readFileSync(join(folder, language, `${namespace}.json`), "utf8")), "");
  return found;
}

const baseOf = (key: string) => key.replace(plural, "");
const bases = (found: Texts) => [...new Set([...found.keys()].map(baseOf))].sort();
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name))].sort();

describe.each(namespaces)("the texts of %s", (namespace) => {
  const all = new Map(languages.map((language) => [language, texts(language, namespace)]));
  const english = all.get("en") ?? new Map();

  it.each(languages)("are complete in %s", (language) => {
    expect(bases(all.get(language) ?? new Map())).toEqual(bases(english));
  });

  it.each(languages)("have every plural form of %s", (language) => {
    const found = all.get(language) ?? new Map();
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const missing = [...found.keys()]
      .filter((key) => plural.test(key))
      .flatMap((key) => categories.map((category) => `${baseOf(key)}_${category}`))
      .filter((key) => !found.has(key));
    expect([...new Set(missing)]).toEqual([]);
  });

  it.each(languages)("say something in %s, with the same values filled in", (language) => {
    const wrong: string[] = [];
    for (const [key, text] of all.get(language) ?? []) {
      const other = english.get(key) ?? english.get(`${baseOf(key)}_other`) ?? "";
      if (!text.trim()) wrong.push(`${key} is empty`);
      // "One message" may leave the number out.
      const isSame = placeholders(text).every((name) => placeholders(other).includes(name));
      if (!isSame || (!key.endsWith("_one") && placeholders(text).length !== placeholders(other).length))
        wrong.push(key);
    }
    expect(wrong).toEqual([]);
  });
});

describe("the texts the code asks for", () => {
  const known = new Map(namespaces.map((namespace) => [namespace, new Set(bases(texts("en", namespace)))]));

  /** Keys with their namespace; those that are computed are announced by a comment, `// i18n: mail:role.*`. */
  function asked(file: string): string[] {
    const code = readFileSync(file, "utf8");
    const own = /useTranslation\(\s*"(\w+)"/.exec(code)?.[1] ?? "shell";
    const keys = [
      ...code.matchAll(/\bt\(\s*"([^"$]+)"/g),
      ...code.matchAll(/\b(?:labelId|scopeLabelId):\s*"([^"]+)"/g),
    ];
    const announced = [...code.matchAll(/\/\/ i18n: (.+)$/gm)].flatMap(([, list]) => (list ?? "").split(/[\s,]+/));
    return [...keys.map(([, key]) => key ?? ""), ...announced].map((key) =>
      key.includes(":") ? key : `${own}:${key}`,
    );
  }

  function isKnown(key: string): boolean {
    const [namespace = "", path = ""] = key.split(":");
    const keys = known.get(namespace);
    if (!path.endsWith("*")) return keys?.has(path) ?? false;
    return [...(keys ?? [])].some((each) => each.startsWith(path.slice(0, -1)));
  }

  const files = sourceFiles().filter((file) => !/\.test\.tsx?$/.test(file));

  it("are all there", () => {
    const unknown = files.flatMap((file) =>
      asked(file)
        .filter((key) => !isKnown(key))
        .map((key) => `${codeOf(file)}: ${key}`),
    );
    expect(unknown).toEqual([]);
  });

  it("are all there is", () => {
    const used = new Set(files.flatMap(asked));
    const prefixes = [...used].filter((key) => key.endsWith("*")).map((key) => key.slice(0, -1));
    // A key may be chosen between two, or handed over: it is enough that it is written somewhere.
    const everything = files.map((file) => readFileSync(file, "utf8")).join("\n");
    const unused = [...known]
      .flatMap(([namespace, keys]) => [...keys].map((key) => `${namespace}:${key}`))
      .filter((key) => !used.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)))
      .filter((key) => !everything.includes(`"${key}"`) && !everything.includes(`"${key.split(":")[1]}"`));
    expect(unused).toEqual([]);
  });
});
