import type { HtmlTagDescriptor, Plugin } from "vite";

/**
 * Names in the page what the first screen needs beyond the page's own script: the browser fetches it beside that script
 * and not after having run it, and the letters are there when the first words are drawn.
 * @param entry the module of the app that opens first, as in the build's manifest
 * @param font the beginning of the name of the font's file
 */
export function firstScreen(entry: string, font: string): Plugin {
  return {
    name: "bastide:first-screen",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        if (!bundle) return [];
        const scripts = new Set<string>();
        const styles = new Set<string>();
        const visit = (fileName: string) => {
          const chunk = bundle[fileName];
          if (chunk?.type !== "chunk" || scripts.has(fileName)) return;
          scripts.add(fileName);
          for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style);
          for (const imported of chunk.imports) visit(imported);
        };
        const first = Object.values(bundle).find((one) => one.type === "chunk" && one.facadeModuleId?.endsWith(entry));
        if (!first) throw new Error(`No chunk is made of ${entry}.`);
        visit(first.fileName);
        const letters = Object.keys(bundle).find((name) => name.startsWith(font));
        if (!letters) throw new Error(`No font begins with ${font}.`);

        const link = (attrs: Record<string, string | boolean>): HtmlTagDescriptor => ({
          tag: "link",
          attrs: { ...attrs, crossorigin: true },
          injectTo: "head",
        });
        const unnamed = (names: Set<string>) => [...names].filter((name) => !html.includes(name));
        return [
          ...unnamed(scripts).map((name) => link({ rel: "modulepreload", href: `/${name}` })),
          ...unnamed(styles).map((name) => link({ rel: "preload", as: "style", href: `/${name}` })),
          link({ rel: "preload", as: "font", type: "font/woff2", href: `/${letters}` }),
        ];
      },
    },
  };
}
