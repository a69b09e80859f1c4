/**
 * Makes the document that shows a message's HTML. What comes in was sanitised on the server (`safeHtml`); it is shown in
 * a sandboxed frame without scripts, under a policy of its own that lets nothing be loaded from elsewhere unless asked.
 */
export interface FrameOptions {
  remoteImages: boolean;
  /** data: URLs of images that came with the message, by Content-ID. */
  inline: ReadonlyMap<string, string>;
  colours: { text: string; link: string; soft: string; border: string; dark: boolean };
  fontFamily: string;
  quoteLabel: string;
}

export interface FrameDocument {
  html: string;
  /** Whether there are remote images, shown or not. */
  hasRemote: boolean;
}

export function frameDocument(safeHtml: string, options: FrameOptions): FrameDocument {
  const document = new DOMParser().parseFromString(safeHtml, "text/html");
  let hasRemote = false;
  for (const image of document.querySelectorAll("img")) {
    const { remoteSrc, cid } = image.dataset;
    if (cid) {
      const url = options.inline.get(cid);
      if (url) image.src = url;
    } else if (remoteSrc && /^https?:/i.test(remoteSrc)) {
      hasRemote = true;
      if (options.remoteImages) image.src = remoteSrc;
    }
    image.setAttribute("loading", "eager");
    image.setAttribute("referrerpolicy", "no-referrer");
  }
  for (const link of document.querySelectorAll("a[href], area[href]")) {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer");
  }
  foldQuote(document, options.quoteLabel);
  return { html: wrap(document.body.innerHTML, ownColours(safeHtml), options), hasRemote };
}

/** Folds the quoted message at the end under a mark that opens it, without a script. */
function foldQuote(document: Document, label: string): void {
  const quote = [
    ...document.querySelectorAll(
      "blockquote, .bastide-quote, .gmail_quote, .moz-cite-prefix + blockquote, #divRplyFwdMsg",
    ),
  ].find((element) => {
    const parent = element.parentElement;
    return (
      parent !== null &&
      !parent.closest("blockquote") &&
      hasTextBefore(element, document.body) &&
      !hasTextAfter(element, document.body)
    );
  });
  if (!quote) return;
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "•••";
  summary.title = label;
  summary.setAttribute("aria-label", label);
  quote.replaceWith(details);
  details.append(summary, quote);
}

function hasTextBefore(element: Element, body: Element): boolean {
  return siblingText(element, body, "previousSibling");
}

function hasTextAfter(element: Element, body: Element): boolean {
  return siblingText(element, body, "nextSibling");
}

function siblingText(element: Element, body: Element, side: "previousSibling" | "nextSibling"): boolean {
  for (let at: Node | null = element; at && at !== body; at = at.parentNode) {
    for (let sibling: Node | null = at[side]; sibling; sibling = sibling[side])
      if (sibling.textContent?.trim()) return true;
  }
  return false;
}

/** A message that sets colours is shown on white paper, as its author saw it; another takes those of the client. */
function ownColours(html: string): boolean {
  return /(?:background(?:-color)?|[^-]color)\s*:|\b(?:bgcolor|color)\s*=/i.test(html);
}

function wrap(body: string, paper: boolean, { remoteImages, colours, fontFamily }: FrameOptions): string {
  const images = remoteImages ? "img-src data: https: http:" : "img-src data:";
  const onPaper = paper && colours.dark;
  const sheet = onPaper
    ? "color: black; background: white; padding: 12px; border-radius: 8px;"
    : `color: ${colours.text}; background: transparent;`;
  const link = onPaper ? "" : `a { color: ${colours.link}; }`;
  return `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; ${images}">
<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="${colours.dark && !paper ? "dark" : "light"}">
<base target="_blank"><style>
html { overflow: auto hidden; background: transparent; }
body { margin: 0; font: 14px/1.55 ${fontFamily}; overflow-wrap: anywhere; ${sheet} }
body > :first-child { margin-top: 0; } body > :last-child { margin-bottom: 0; }
img { max-width: 100%; height: auto; } img:not([src]) { display: ${remoteImages ? "inline" : "none"}; }
table { max-width: 100%; } pre { white-space: pre-wrap; } ${link}
blockquote { margin: 0.75em 0; padding-inline-start: 0.9em; border-inline-start: 2px solid ${colours.border}; color: ${onPaper ? "inherit" : colours.soft}; }
summary { display: inline-block; list-style: none; cursor: pointer; margin: 0.5em 0; padding: 0 0.6em; border-radius: 999px;
  border: 1px solid ${colours.border}; color: ${onPaper ? "inherit" : colours.soft}; letter-spacing: 0.1em; font-size: 11px; line-height: 1.6; user-select: none; }
summary::-webkit-details-marker { display: none; }
</style></head><body>${body}</body></html>`;
}
