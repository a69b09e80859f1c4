import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

export const sourceFolder = join(import.meta.dirname, "../src");

/** Every file of the client with one of these endings. */
export function sourceFiles(endings = [".ts", ".tsx"]): string[] {
  return readdirSync(sourceFolder, { recursive: true, encoding: "utf8" })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => join(sourceFolder, name));
}

/** Its path as in the code, with `/` everywhere. */
export function codeOf(file: string): string {
  return relative(sourceFolder, file).replaceAll("\\", "/");
}
