import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { codeOf, sourceFiles } from "./source";

/** How the client is built: apps stand on shell, lib, ui and i18n, and never on one another. */

const layers: Record<string, string[]> = {
  i18n: [],
  lib: ["i18n"],
  ui: ["i18n"],
  shell: ["lib", "ui", "i18n", "apps"],
  apps: ["shell", "lib", "ui", "i18n"],
};

interface Import {
  from: string;
  to: string;
}

function imports(file: string): Import[] {
  const code = readFileSync(file, "utf8");
  const paths = [...code.matchAll(/(?:from\s+|import\s*\(\s*|import\s+|mock\(\s*)"(\.[^"]+)"/g)].map(
    ([, path]) => path ?? "",
  );
  return paths.map((path) => ({ from: codeOf(file), to: codeOf(join(dirname(file), path)) }));
}

const all = sourceFiles().flatMap(imports);
const layerOf = (path: string) => path.split("/")[0] ?? "";
const appOf = (path: string) =>
  layerOf(path) === "apps" && path.split("/").length > 2 ? path.split("/")[1] : undefined;
const told = ({ from, to }: Import) => `${from} → ${to}`;

it("apps_do_not_import_one_another", () => {
  const wrong = all.filter(({ from, to }) => appOf(from) && appOf(to) && appOf(from) !== appOf(to));
  expect(wrong.map(told)).toEqual([]);
});

it("layers_import_only_what_is_below_them", () => {
  const wrong = all.filter(({ from, to }) => {
    const [own, other] = [layerOf(from), layerOf(to)];
    return own in layers && other !== own && other in layers && !layers[own]?.includes(other);
  });
  expect(wrong.map(told)).toEqual([]);
});

it("the_shell_knows_the_list_of_apps_and_none_of_them", () => {
  const wrong = all.filter(({ from, to }) => layerOf(from) === "shell" && layerOf(to) === "apps" && to !== "apps");
  expect(wrong.map(told)).toEqual([]);
});

it("apps_use_the_shell_through_its_door", () => {
  const wrong = all.filter(({ from, to }) => appOf(from) && layerOf(to) === "shell" && !/^shell(\/index)?$/.test(to));
  expect(wrong.map(told)).toEqual([]);
});

it("colours_are_tokens_of_the_theme", () => {
  const colour = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab|lch)\(/i;
  const wrong = sourceFiles([".css", ".tsx", ".ts"])
    .filter((file) => !codeOf(file).startsWith("ui/theme.ts") && !/\.test\.tsx?$/.test(file))
    .flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .map((line, at) => ({ line, at: at + 1 }))
        .filter(({ line }) => colour.test(line) && !line.includes("url(#"))
        .map(({ line, at }) => `${codeOf(file)}:${at} ${line.trim()}`),
    );
  expect(wrong).toEqual([]);
});

it("no_file_has_more_than_600_lines", () => {
  const long = sourceFiles([".ts", ".tsx", ".css"]).filter(
    (file) => readFileSync(file, "utf8").split("\n").length > 600,
  );
  expect(long.map(codeOf)).toEqual([]);
});
