/**
 * Plain text bodies as blocks to show: paragraphs with links found, and quoted passages to fold.
 * Also the way between HTML and plain text that compose needs. Nothing here makes elements from message contents.
 */
export interface TextLink {
  text: string;
  href: string | null;
}

export interface TextBlock {
  /** Depth of quoting, 0 for the author's own words. */
  depth: number;
  lines: string[];
}

/** RFC 3676 §4.5: quoting depth is the number of `>` a line begins with (spaces between them tolerated). */
export function textBlocks(text: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  for (const raw of text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n")) {
    const quote = /^(?:>[ ]?)+/.exec(raw)?.[0] ?? "";
    const depth = quote.length - quote.replaceAll(">", "").length;
    const line = depth > 0 ? raw.slice(quote.length) : raw;
    const last = blocks.at(-1);
    if (last && last.depth === depth) last.lines.push(line);
    else blocks.push({ depth, lines: [line] });
  }
  return blocks;
}

const linkPattern =
  /\b(?:https?:\/\/|mailto:|www\.)[^\s<>"'`{}|\\^[\]]+|\b[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+\b/giu;

/** Splits a line in text and links: http(s), www. and addresses. Closing punctuation stays outside, balanced parentheses inside. */
export function findLinks(line: string): TextLink[] {
  const parts: TextLink[] = [];
  let at = 0;
  for (const match of line.matchAll(linkPattern)) {
    const link = trimEnd(match[0]);
    if (match.index > at) parts.push({ text: line.slice(at, match.index), href: null });
    parts.push({ text: link, href: hrefOf(link) });
    at = match.index + link.length;
  }
  if (at < line.length) parts.push({ text: line.slice(at), href: null });
  return parts;
}

function trimEnd(link: string): string {
  let end = link.length;
  while (end > 0) {
    const char = link[end - 1] as string;
    const unbalanced = char === ")" && count(link.slice(0, end), ")") > count(link.slice(0, end), "(");
    if (!/[.,;:!?…]/.test(char) && !unbalanced) break;
    end--;
  }
  return link.slice(0, end);
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}

function hrefOf(link: string): string {
  if (/^(?:https?:\/\/|mailto:)/i.test(link)) return link;
  return link.includes("@") && !/^www\./i.test(link) ? `mailto:${link}` : `https://${link}`;
}

/** `> ` before each line, and no space between nested marks, so that depth stays readable by every program. */
export function quoteText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/\n+$/, "")
    .split("\n")
    .map((line) => (line.startsWith(">") ? `>${line}` : line === "" ? ">" : `> ${line}`))
    .join("\n");
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Plain text as HTML paragraphs: an empty line ends a paragraph, a single line end is a break, runs of spaces are kept. */
export function textToHtml(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/\n+$/, "")
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replace(/ {2}/g, " \u00a0").replaceAll("\n", "<br>")}</p>`)
    .join("");
}

const blockElements = new Set([
  "P",
  "DIV",
  "LI",
  "UL",
  "OL",
  "H1",
  "H2",
  "H3",
  "H4",
  "H5",
  "H6",
  "BLOCKQUOTE",
  "PRE",
  "TABLE",
  "TR",
  "HR",
  "SECTION",
  "ARTICLE",
  "HEADER",
  "FOOTER",
]);
const silentElements = new Set(["SCRIPT", "STYLE", "HEAD", "TITLE", "TEMPLATE"]);

/** HTML as the plain text alternative of it: lists with marks, quotes with `>`, links with their address when the text hides it. */
export function htmlToText(html: string): string {
  const document = new DOMParser().parseFromString(html, "text/html");
  return tidy(render(document.body));
}

function tidy(text: string): string {
  return text
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function render(node: Node): string {
  let text = "";
  for (const child of node.childNodes) text += renderChild(child, node);
  return text;
}

function renderChild(child: Node, parent: Node): string {
  if (child.nodeType === Node.TEXT_NODE) {
    const data = child.textContent ?? "";
    const said = parent instanceof Element && parent.closest("pre") ? data : data.replace(/[ \t\r\n]+/g, " ");
    return said.replaceAll("\u00a0", " ");
  }
  if (!(child instanceof Element) || silentElements.has(child.tagName)) return "";
  switch (child.tagName) {
    case "BR":
      return "\n";
    case "HR":
      return "\n---\n";
    case "IMG":
      return child.getAttribute("alt") ?? "";
    case "A": {
      const said = render(child);
      const href = child.getAttribute("href") ?? "";
      const shown = said.trim();
      const plain = !/^https?:/i.test(href) || shown === "" || href.replace(/\/$/, "") === shown.replace(/\/$/, "");
      return plain ? said : `${said} <${href}>`;
    }
    case "LI": {
      const ordered = child.parentElement?.tagName === "OL";
      const position = [...(child.parentElement?.children ?? [])].indexOf(child) + 1;
      const mark = ordered ? `${position}. ` : "- ";
      return `\n${mark}${render(child)
        .trim()
        .replaceAll("\n", `\n${" ".repeat(mark.length)}`)}`;
    }
    case "BLOCKQUOTE":
      return `\n${quoteText(tidy(render(child)))}\n\n`;
    case "TD":
    case "TH":
      return `${render(child).trim()} `;
    case "P":
      return `\n${render(child).trim()}\n\n`;
  }
  return blockElements.has(child.tagName) ? `\n${render(child)}\n` : render(child);
}
