import { type Correspondent, matchCorrespondents } from "./correspondents";
import { type Operator, operatorNames, parseSearch, writeTerm } from "./searchQuery";

export type Suggestion =
  | { kind: "recent"; text: string }
  | { kind: "person"; text: string; person: Correspondent }
  | { kind: "operator"; text: string; operator: Operator; example: string }
  | { kind: "value"; text: string; value: string };

interface Known {
  recent: string[];
  people: Correspondent[];
  mailboxes: string[];
  language: "en" | "fr";
}

const fixedValues: Partial<Record<Operator, { en: string[]; fr: string[] }>> = {
  has: { en: ["attachment"], fr: ["pièce-jointe"] },
  is: { en: ["unread", "read", "flagged", "answered"], fr: ["non-lu", "lu", "suivi", "répondu"] },
  before: { en: ["today", "7d", "1m", "1y"], fr: ["aujourd'hui", "7j", "1m", "1a"] },
  after: { en: ["yesterday", "7d", "1m", "1y"], fr: ["hier", "7j", "1m", "1a"] },
  larger: { en: ["1M", "5M", "20M"], fr: ["1Mo", "5Mo", "20Mo"] },
  smaller: { en: ["100k"], fr: ["100k"] },
};
const peopleOperators: Operator[] = ["from", "to", "cc", "bcc"];
const offered: Operator[] = ["from", "to", "subject", "has", "is", "in", "after", "before", "larger", "filename"];
const most = 8;

/** What the box offers for the word at its end. `text` of each is the whole of the box once it is chosen. */
export function searchSuggestions(input: string, { recent, people, mailboxes, language }: Known): Suggestion[] {
  if (input.trim() === "") {
    return [
      ...recent.slice(0, 5).map((text): Suggestion => ({ kind: "recent", text })),
      ...offered.slice(0, 6).map((operator) => operatorSuggestion("", operator, language)),
    ];
  }
  const typed = /(?:[^\s"]|"[^"]*"?)*$/.exec(input)?.[0] ?? "";
  const before = input.slice(0, input.length - typed.length);
  const term = parseSearch(typed.endsWith(":") ? `${typed}x` : typed)[0];
  const colon = typed.indexOf(":");
  if (colon > 0 && term && term.operator !== "text") {
    const value = typed.slice(colon + 1).replaceAll('"', "");
    return valueSuggestions(before, term.operator, value, { people, mailboxes, language });
  }
  if (typed === "") return [];
  const begun = plain(typed);
  const operators = offered
    .filter((operator) => plain(operatorNames[operator][language]).startsWith(begun))
    .map((operator) => operatorSuggestion(before, operator, language));
  const persons = matchCorrespondents(people, typed, 4).map(
    (person): Suggestion => ({
      kind: "person",
      person,
      text: `${before}${writeTerm("from", person.email, language)} `,
    }),
  );
  const past = recent.filter((text) => plain(text).startsWith(plain(input)) && text !== input.trim()).slice(0, 3);
  return [...past.map((text): Suggestion => ({ kind: "recent", text })), ...persons, ...operators].slice(0, most);
}

function operatorSuggestion(before: string, operator: Operator, language: "en" | "fr"): Suggestion {
  const name = operatorNames[operator][language];
  return { kind: "operator", operator, text: `${before}${name}:`, example: fixedValues[operator]?.[language][0] ?? "" };
}

function valueSuggestions(
  before: string,
  operator: Operator,
  value: string,
  known: Omit<Known, "recent">,
): Suggestion[] {
  if (peopleOperators.includes(operator)) {
    const found = value === "" ? known.people.slice(0, 6) : matchCorrespondents(known.people, value, 6);
    return found.map((person) => ({
      kind: "person",
      person,
      text: `${before}${writeTerm(operator, person.email, known.language)} `,
    }));
  }
  const values = operator === "in" ? known.mailboxes : (fixedValues[operator]?.[known.language] ?? []);
  return values
    .filter((each) => plain(each).startsWith(plain(value)))
    .slice(0, most)
    .map((each) => ({ kind: "value", value: each, text: `${before}${writeTerm(operator, each, known.language)} ` }));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
