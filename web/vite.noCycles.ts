import type { Plugin } from "vite";

/**
 * Ends the build where chunks import each other. What a module evaluates may then not be there yet when another reads it:
 * nothing fails, and a time is none.
 */
export function noCycles(): Plugin {
  return {
    name: "no-cycles",
    generateBundle(_, bundle) {
      const done = new Set<string>();
      const path: string[] = [];
      const follow = (file: string): void => {
        const at = path.indexOf(file);
        if (at >= 0)
          this.error(
            `Chunks import each other: ${[...path.slice(at), file].join(" → ")}. Group them anew in vite.config.ts.`,
          );
        if (done.has(file)) return;
        path.push(file);
        const chunk = bundle[file];
        if (chunk?.type === "chunk") for (const imported of chunk.imports) follow(imported);
        path.pop();
        done.add(file);
      };
      for (const file of Object.keys(bundle)) follow(file);
    },
  };
}
