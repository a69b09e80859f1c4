import type { Identity } from "../../../../lib/jmap/types";
import { htmlToText, textToHtml } from "../plainText";

const mark = "-- ";

/** An identity's signature as HTML, below the mark that mail programs know. RFC 3676 §4.3. */
export function signatureHtml(identity: Identity | undefined): string {
  if (!identity) return "";
  const body = identity.htmlSignature || (identity.textSignature ? textToHtml(identity.textSignature) : "");
  return body ? normal(`<p>${mark.trimEnd()}\u00a0</p>${body}`) : "";
}

/** As the editor gives it back, so that it is found again in what was written. */
function normal(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.innerHTML;
}

export function signatureText(identity: Identity | undefined): string {
  if (!identity) return "";
  return identity.textSignature || (identity.htmlSignature ? htmlToText(identity.htmlSignature) : "");
}

/** The text with the signature of one identity replaced by that of another; left alone when it was changed by hand. */
export function swapSignatureText(text: string, before: Identity | undefined, after: Identity | undefined): string {
  const old = signatureText(before);
  const fresh = signatureText(after);
  const block = old ? `\n\n${mark}\n${old}` : "";
  if (block && !text.includes(block)) return text;
  const replacement = fresh ? `\n\n${mark}\n${fresh}` : "";
  return block ? text.replace(block, () => replacement) : text + replacement;
}

/** The same for HTML. */
export function swapSignatureHtml(html: string, before: Identity | undefined, after: Identity | undefined): string {
  const old = signatureHtml(before);
  const fresh = signatureHtml(after);
  if (!old) return html + fresh;
  const at = html.lastIndexOf(old);
  return at < 0 ? html : html.slice(0, at) + fresh + html.slice(at + old.length);
}
