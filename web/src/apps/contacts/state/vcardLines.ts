/** The content lines of vCard (RFC 6350 §3.3), with what version 2.1 does otherwise. */

export interface ContentLine {
  group: string | null;
  /** In capitals. */
  name: string;
  /** By their names in capitals. */
  parameters: Record<string, string[]>;
  /** In small letters: TYPE, and what version 2.1 writes without a name. */
  types: string[];
  value: string;
}

/** Each logical line with the number of its first; null for an empty one, `parsed` null for what is no content line. */
export function* contentLines(text: string): Generator<{ line: number; parsed: ContentLine | null } | null> {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    let whole = lines[at] ?? "";
    while (/^[ \t]/.test(lines[at + 1] ?? "")) whole += (lines[++at] ?? "").slice(1);
    if (/^[^:]*QUOTED-PRINTABLE[^:]*:/i.test(whole))
      while (whole.endsWith("=") && at + 1 < lines.length) whole = whole.slice(0, -1) + (lines[++at] ?? "");
    yield whole.trim() === "" ? null : { line, parsed: parse(whole) };
  }
}

/** The value as one text. */
export function textOf(line: ContentLine): string {
  return unescaped(line.value).trim();
}

/** The value by its components, each a list (RFC 6350 §3.4). */
export function valuesOf(line: ContentLine): string[][] {
  return split(line.value, ";").map((component) => split(component, ",").map((value) => unescaped(value).trim()));
}

function parse(text: string): ContentLine | null {
  const head = /^(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)/.exec(text);
  if (!head) return null;
  const parameters: Record<string, string[]> = {};
  let rest = text.slice(head[0].length);
  while (rest.startsWith(";")) {
    const parameter = /^;([A-Za-z0-9-]+)?(=)?((?:"[^"]*"|[^";:])*)/.exec(rest);
    if (!parameter) return null;
    const [matched, name = "", equals, written = ""] = parameter;
    // Version 2.1 writes a value without the name it belongs to.
    const key = equals ? name.toUpperCase() : /^(QUOTED-PRINTABLE|BASE64|8BIT|7BIT)$/i.test(name) ? "ENCODING" : "TYPE";
    const values = equals ? split(written, ",", '"') : [name + written];
    parameters[key] = [...(parameters[key] ?? []), ...values.map(parameterValue)];
    rest = rest.slice(matched.length);
  }
  if (!rest.startsWith(":")) return null;
  let value = rest.slice(1);
  if (parameters["ENCODING"]?.[0]?.toUpperCase() === "QUOTED-PRINTABLE")
    value = quotedPrintable(value, parameters["CHARSET"]?.[0] ?? "utf-8");
  const types = (parameters["TYPE"] ?? []).flatMap((type) => type.toLowerCase().split(","));
  return { group: head[1] ?? null, name: (head[2] ?? "").toUpperCase(), parameters, types, value };
}

/** RFC 6868. */
function parameterValue(written: string): string {
  return written
    .replace(/^"(.*)"$/s, "$1")
    .replace(/\^([n^'])/g, (_, sign: string) => (sign === "n" ? "\n" : sign === "'" ? '"' : "^"));
}

function split(text: string, separator: string, quote = ""): string[] {
  const parts = [""];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (quote && character === quote) quoted = !quoted;
    if (character === "\\" && !quote) parts[parts.length - 1] += character + (text[++at] ?? "");
    else if (character === separator && !quoted) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, character: string) => (/n/i.test(character) ? "\n" : character));
}

function quotedPrintable(text: string, charset: string): string {
  const octets: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = /^=([0-9A-F]{2})/i.exec(text.slice(at, at + 3))?.[1];
    if (code) {
      octets.push(Number.parseInt(code, 16));
      at += 2;
    } else octets.push(...new TextEncoder().encode(text[at] ?? ""));
  }
  try {
    return new TextDecoder(charset).decode(new Uint8Array(octets));
  } catch {
    return new TextDecoder().decode(new Uint8Array(octets));
  }
}
