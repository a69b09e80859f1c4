import type { EmailAddress } from "../../../lib/jmap/types";

/** Two addresses are the same mailbox when they differ in case only; local parts that mean case are not met in practice. */
export function sameAddress(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** What to call someone in a line: the display name, else the address. */
export function displayName(address: EmailAddress): string {
  return address.name?.trim() || address.email;
}

/** A short name for crowded lines ("Ana, Bob, me"): the first word of a name, the local part of an address. */
export function shortName(address: EmailAddress): string {
  const name = address.name?.trim();
  if (!name) return address.email.split("@")[0] || address.email;
  const comma = /^[^,]+,\s*(\S+)/.exec(name);
  return comma?.[1] ?? name.split(/\s+/)[0] ?? name;
}

/** The address as it is written in a header or copied by a person: `Name <local@domain>`. RFC 5322 §3.4. */
export function formatAddress(address: EmailAddress): string {
  const name = address.name?.trim();
  if (!name) return address.email;
  const quoted = /[()<>[\]:;@\\,."]/.test(name) ? `"${name.replace(/["\\]/g, "\\$&")}"` : name;
  return `${quoted} <${address.email}>`;
}

/** Whether the text could be delivered to: one `@`, a local part, a domain without spaces or empty labels. */
export function isAddress(text: string): boolean {
  const at = text.lastIndexOf("@");
  if (at < 1 || text.length > 254) return false;
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (!/^"[^"]*"$/.test(local) && !/^[^\s@<>(),;:\\"[\]]+$/u.test(local)) return false;
  if (/^\[[0-9A-Fa-f:.]+\]$/.test(domain)) return true;
  return domain.split(".").every((label) => /^[\p{L}\p{N}]([\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?$/u.test(label));
}

/**
 * Reads what a person typed or pasted in a recipients field: addresses apart by comma, semicolon or line end,
 * each `a@b`, `Name <a@b>` or `"Name, with comma" <a@b>`. What is no address comes back in `rest`.
 */
export function parseAddresses(text: string): { addresses: EmailAddress[]; rest: string } {
  const addresses: EmailAddress[] = [];
  const rest: string[] = [];
  for (const piece of splitList(text)) {
    const address = parseOne(piece);
    if (address) addresses.push(address);
    else if (piece.trim()) rest.push(piece.trim());
  }
  return { addresses, rest: rest.join(", ") };
}

function parseOne(piece: string): EmailAddress | null {
  const text = piece.trim();
  const angled = /^(.*)<\s*([^<>]+?)\s*>$/su.exec(text);
  if (angled) {
    const email = (angled[2] ?? "").replace(/^mailto:/i, "");
    if (!isAddress(email)) return null;
    const name = (angled[1] ?? "")
      .trim()
      .replace(/^"(.*)"$/su, "$1")
      .replace(/\\(["\\])/g, "$1")
      .trim();
    return { name: name && !sameAddress(name, email) ? name : null, email };
  }
  const bare = text.replace(/^mailto:/i, "");
  return isAddress(bare) ? { name: null, email: bare } : null;
}

function splitList(text: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  let quoted = false;
  let angled = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === "\\" && quoted) {
      piece += char + (text[++i] ?? "");
      continue;
    }
    if (char === '"') quoted = !quoted;
    else if (char === "<" && !quoted) angled = true;
    else if (char === ">" && !quoted) angled = false;
    const separates = char === "," || char === ";" || char === "\n" || char === "\r";
    if (separates && !quoted && !angled) {
      pieces.push(piece);
      piece = "";
      continue;
    }
    piece += char;
  }
  pieces.push(piece);
  return pieces.flatMap(splitBareRun);
}

/** `a@b c@d` typed with spaces only is two addresses. */
function splitBareRun(piece: string): string[] {
  if (/[<"]/.test(piece)) return [piece];
  const words = piece.trim().split(/\s+/);
  return words.length > 1 && words.every(isAddress) ? words : [piece];
}

/** The list without repeats of one mailbox, the first of each kept. */
export function uniqueAddresses(addresses: EmailAddress[]): EmailAddress[] {
  const seen = new Set<string>();
  return addresses.filter((address) => {
    const key = address.email.trim().toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
