import type { FilterCondition, FilterOperator } from "../../../lib/jmap/types";

/**
 * The language of the search box. A query is words and "phrases", `operator:value` pairs, each perhaps negated by `-`,
 * joined by AND unless `OR` stands between two. Every operator has its English and French names, both always understood.
 */
export type Operator =
  | "from"
  | "to"
  | "cc"
  | "bcc"
  | "subject"
  | "body"
  | "has"
  | "in"
  | "before"
  | "after"
  | "is"
  | "larger"
  | "smaller"
  | "filename";

export interface Term {
  operator: Operator | "text";
  value: string;
  negated: boolean;
  /** Joined to the term before it by OR. */
  or: boolean;
  start: number;
  end: number;
}

export const operatorNames: Record<Operator, { en: string; fr: string }> = {
  from: { en: "from", fr: "de" },
  to: { en: "to", fr: "à" },
  cc: { en: "cc", fr: "copie" },
  bcc: { en: "bcc", fr: "cci" },
  subject: { en: "subject", fr: "objet" },
  body: { en: "body", fr: "corps" },
  has: { en: "has", fr: "avec" },
  in: { en: "in", fr: "dans" },
  before: { en: "before", fr: "avant" },
  after: { en: "after", fr: "après" },
  is: { en: "is", fr: "est" },
  larger: { en: "larger", fr: "plus" },
  smaller: { en: "smaller", fr: "moins" },
  filename: { en: "filename", fr: "fichier" },
};

const moreNames: Record<string, Operator> = {
  sujet: "subject",
  title: "subject",
  older: "before",
  newer: "after",
  since: "after",
  depuis: "after",
  a: "to",
  contient: "has",
};

const operators = new Map<string, Operator>([
  ...Object.entries(operatorNames).flatMap(([operator, names]) => [
    [names.en, operator as Operator] as const,
    [plain(names.fr), operator as Operator] as const,
  ]),
  ...Object.entries(moreNames),
]);

/** The values `is:` and `has:` and `in:` know, by their names in both languages. */
const states: Record<string, "unread" | "read" | "flagged" | "answered" | "draft"> = {
  unread: "unread",
  "non-lu": "unread",
  nonlu: "unread",
  read: "read",
  seen: "read",
  lu: "read",
  flagged: "flagged",
  starred: "flagged",
  suivi: "flagged",
  marque: "flagged",
  favori: "flagged",
  answered: "answered",
  replied: "answered",
  repondu: "answered",
  draft: "draft",
  brouillon: "draft",
};
const attachmentWords = new Set([
  "attachment",
  "attachments",
  "file",
  "piece-jointe",
  "pieces-jointes",
  "pj",
  "fichier",
]);
const everywhereWords = new Set(["anywhere", "everywhere", "all", "partout", "tout"]);

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Takes the text of the box apart. What looks like an operator but is none stays text, so nothing typed is ever an error. */
export function parseSearch(text: string): Term[] {
  const terms: Term[] = [];
  const pattern = /(-)?(?:([\p{L}-]+):)?(?:"([^"]*)"?|(\S+))/gu;
  let or = false;
  for (const match of text.matchAll(pattern)) {
    const [whole, minus, name, phrase, word] = match;
    const start = match.index;
    const end = start + whole.length;
    if (!minus && !name && (word === "OR" || word === "OU") && terms.length > 0) {
      or = true;
      continue;
    }
    // An operator whose value is not typed yet asks for nothing.
    if (!name && word?.endsWith(":") && operators.has(plain(word.slice(0, -1)))) continue;
    const operator = name ? operators.get(plain(name)) : undefined;
    const said = phrase ?? word ?? "";
    const value = operator || !name ? said : `${name}:${said}`;
    if (value.trim() === "") continue;
    terms.push({ operator: operator ?? "text", value: value.trim(), negated: Boolean(minus), or, start, end });
    or = false;
  }
  return terms;
}

export interface SearchContext {
  /** The id of the mailbox a person names in `in:`, by its role or by its name; null when there is none. */
  mailboxId(name: string): string | null;
  /** Mailboxes left out unless `in:` asks for them (trash and junk). */
  hidden: string[];
  /** Today, for relative dates. */
  now: Date;
}

type Filter = FilterCondition | FilterOperator;

/** The query as an `Email/query` filter. RFC 8621 §4.4.1. Null when the text asks for nothing. */
export function toFilter(terms: Term[], context: SearchContext): Filter | null {
  const groups: Filter[][] = [];
  let placed = false;
  for (const term of terms) {
    if (term.operator === "in") placed = true;
    const condition = toCondition(term, context);
    if (!condition) continue;
    const filter: Filter = term.negated ? { operator: "NOT", conditions: [condition] } : condition;
    const last = groups.at(-1);
    if (term.or && last) last.push(filter);
    else groups.push([filter]);
  }
  if (groups.length === 0 && !placed) return null;
  const conditions = groups.map(
    (group): Filter => (group.length === 1 ? (group[0] as Filter) : { operator: "OR", conditions: group }),
  );
  if (!placed && context.hidden.length > 0) conditions.push({ inMailboxOtherThan: context.hidden });
  if (conditions.length === 0) return {};
  return conditions.length === 1 ? (conditions[0] as Filter) : { operator: "AND", conditions };
}

function toCondition(term: Term, context: SearchContext): Filter | null {
  const { operator, value } = term;
  switch (operator) {
    case "text":
    case "from":
    case "to":
    case "cc":
    case "bcc":
    case "subject":
    case "body":
      return { [operator]: value };
    case "filename":
      return { operator: "AND", conditions: [{ hasAttachment: true }, { text: value }] };
    case "has":
      return attachmentWords.has(plain(value)) ? { hasAttachment: true } : { text: value };
    case "is":
      return stateCondition(states[plain(value)], value);
    case "in": {
      if (everywhereWords.has(plain(value))) return null;
      const id = context.mailboxId(value);
      return id ? { inMailbox: id } : { text: value };
    }
    case "before": {
      const date = parseDay(value, context.now);
      return date ? { before: date.from.toISOString() } : { text: value };
    }
    case "after": {
      const date = parseDay(value, context.now);
      return date ? { after: date.from.toISOString() } : { text: value };
    }
    case "larger": {
      const size = parseSize(value);
      return size === null ? { text: value } : { minSize: size };
    }
    case "smaller": {
      const size = parseSize(value);
      return size === null ? { text: value } : { maxSize: size };
    }
  }
}

function stateCondition(state: (typeof states)[string] | undefined, value: string): Filter {
  switch (state) {
    case "unread":
      return { notKeyword: "$seen" };
    case "read":
      return { hasKeyword: "$seen" };
    case "flagged":
      return { hasKeyword: "$flagged" };
    case "answered":
      return { hasKeyword: "$answered" };
    case "draft":
      return { hasKeyword: "$draft" };
    default:
      return { text: value };
  }
}

/** `5M`, `200k`, `1,5Mo`, `3000` in octets. */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:[.,]\d+)?)\s*([kmg])?[ob]?$/i.exec(text.trim());
  if (!match) return null;
  const units: Record<string, number> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
  return Math.round(Number((match[1] ?? "0").replace(",", ".")) * (units[match[2]?.toLowerCase() ?? ""] ?? 1));
}

/**
 * A day as people write it: `2026-11-23`, `2026/11/23`, `23/11/2026`, `23.11.2026`, `2026-11`, `2026`,
 * `today`/`aujourd'hui`, `yesterday`/`hier`, `7d`/`7j`, `2w`/`2s`, `3m`, `1y`/`1a`. The moment is local midnight.
 */
export function parseDay(text: string, now: Date): { from: Date } | null {
  const value = plain(text.trim());
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  if (value === "today" || value === "aujourd'hui" || value === "aujourdhui") return { from: today };
  if (value === "yesterday" || value === "hier") return { from: shift(today, 0, 0, -1) };

  const relative = /^(\d{1,4})([djwsmya])$/.exec(value);
  if (relative) {
    const count = Number(relative[1]);
    switch (relative[2]) {
      case "d":
      case "j":
        return { from: shift(today, 0, 0, -count) };
      case "w":
      case "s":
        return { from: shift(today, 0, 0, -7 * count) };
      case "m":
        return { from: shift(today, 0, -count, 0) };
      default:
        return { from: shift(today, -count, 0, 0) };
    }
  }

  const iso = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(value);
  if (iso) return day(Number(iso[1]), Number(iso[2] ?? 1), Number(iso[3] ?? 1));
  const dayFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(value);
  if (dayFirst) return day(Number(dayFirst[3]), Number(dayFirst[2]), Number(dayFirst[1]));
  return null;
}

function day(year: number, month: number, date: number): { from: Date } | null {
  const from = new Date(year, month - 1, date);
  return from.getMonth() === month - 1 && from.getDate() === date ? { from } : null;
}

function shift(date: Date, years: number, months: number, days: number): Date {
  return new Date(date.getFullYear() + years, date.getMonth() + months, date.getDate() + days);
}

/** Writes one `operator:value` pair, quoted when it must be, with the operator's name in the person's language. */
export function writeTerm(operator: Operator, value: string, language: "en" | "fr"): string {
  const quoted = /[\s"]/.test(value) ? `"${value.replaceAll('"', "")}"` : value;
  return `${operatorNames[operator][language]}:${quoted}`;
}
