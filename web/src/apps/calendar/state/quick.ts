import { addressOf, readPerson } from "../../../lib/calendar/people";
import { dayNames } from "../../../lib/calendar/rule";
import {
  addDays,
  addMonths,
  type Day,
  dayLength,
  dayOf,
  hour,
  isDay,
  minute,
  minutesOf,
  startOfWeek,
  type Wall,
  wallOf,
  weekday,
} from "../../../lib/calendar/time";
import type { RecurrenceRule } from "../../../lib/jmap/calendars";

/**
 * Reads a line about an event, in French or English or both: `demain 14h avec Bob`, `lunch with Ana next Friday noon to
 * 1:30pm`, `tous les mardis 9h réunion`. What is understood is cut out of the line, and the rest is the title.
 */
export interface Understood {
  title: string;
  begin: Wall;
  end: Wall;
  isAllDay: boolean;
  rule?: RecurrenceRule;
  location?: string;
  /** Addresses of people who were named by them. */
  people: string[];
  /** Whether a day or a time was said at all. */
  isDated: boolean;
}

interface Said {
  day?: Day;
  lastDay?: Day;
  from?: number;
  to?: number;
  length?: number;
  rule?: RecurrenceRule;
}

const weekdays: Record<string, number> = {
  lundi: 1,
  mardi: 2,
  mercredi: 3,
  jeudi: 4,
  vendredi: 5,
  samedi: 6,
  dimanche: 7,
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sunday: 7,
  mon: 1,
  tue: 2,
  tues: 2,
  wed: 3,
  thu: 4,
  thur: 4,
  thurs: 4,
  fri: 5,
  sat: 6,
  sun: 7,
};
const months: Record<string, number> = {
  janvier: 1,
  fevrier: 2,
  mars: 3,
  avril: 4,
  mai: 5,
  juin: 6,
  juillet: 7,
  aout: 8,
  septembre: 9,
  octobre: 10,
  novembre: 11,
  decembre: 12,
  janv: 1,
  fevr: 2,
  fev: 2,
  avr: 4,
  juil: 7,
  january: 1,
  february: 2,
  march: 3,
  april: 4,
  may: 5,
  june: 6,
  july: 7,
  august: 8,
  september: 9,
  october: 10,
  november: 11,
  december: 12,
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  sept: 9,
  oct: 10,
  nov: 11,
  dec: 12,
};
const numbers: Record<string, number> = {
  un: 1,
  une: 1,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
  six: 6,
  sept: 7,
  huit: 8,
  dix: 10,
  quinze: 15,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  seven: 7,
  eight: 8,
  ten: 10,
};
const byLength = (names: Record<string, unknown>) =>
  Object.keys(names)
    .toSorted((a, b) => b.length - a.length)
    .join("|");
const dayWords = byLength(weekdays);
const monthWords = byLength(months);
const count = `\\d{1,3}|${byLength(numbers)}`;
const clock = String.raw`(?:\d{1,2}\s?h\s?\d{2}|\d{1,2}\s?h(?:eures?)?|\d{1,2}[:.]\d{2}\s?(?:am|pm)?|\d{1,2}\s?(?:am|pm)|midi|minuit|noon|midnight)`;

export function readQuick(line: string, now: Wall, fallback: Day = dayOf(now)): Understood {
  let rest = line;
  let folded = fold(line);
  /** Takes the first match out of the line. */
  const take = (pattern: string): string[] | null => {
    const found = new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, "u").exec(folded);
    if (!found) return null;
    const [from, to] = [found.index, found.index + found[0].length];
    // A mark that nothing matches over: what stood on either side does not become one.
    rest = `${rest.slice(0, from)}¦${rest.slice(to)}`;
    folded = `${folded.slice(0, from)}¦${folded.slice(to)}`;
    return [...found];
  };
  const today = dayOf(now);
  const people: string[] = [];
  for (
    let found = take(String.raw`(?:(?:avec|with|et|and|,)\s+)?([^\s<>,;]+@[^\s<>,;]+)`);
    found;
    found = take(String.raw`(?:(?:avec|with|et|and|,)\s+)?([^\s<>,;]+@[^\s<>,;]+)`)
  ) {
    const person = readPerson(found[1] ?? "");
    if (person) people.push(addressOf(person));
    else break;
  }
  const said: Said = { ...readRule(take), ...readLength(take) };
  Object.assign(said, readDays(take, today));
  Object.assign(said, readTimes(take, said));
  if (said.day === undefined) Object.assign(said, readDay(take, today));
  if (said.from === undefined) Object.assign(said, readPartOfDay(take, today));
  const location = readLocation(rest);
  if (location) rest = location.rest;

  const isDated = said.day !== undefined || said.from !== undefined || said.rule !== undefined;
  const { begin, end, isAllDay, rule } = timesOf(said, now, fallback, isDated);
  return {
    title: titleOf(rest),
    begin,
    end,
    isAllDay,
    ...(rule && { rule }),
    ...(location && { location: location.name }),
    people,
    isDated,
  };
}

type Take = (pattern: string) => string[] | null;

function readRule(take: Take): Said {
  const every = String.raw`(?:tou(?:te)?s\s+les|chaque|every|each)`;
  if (take(`${every}\\s+(?:jours?\\s+(?:ouvres?|de\\s+la\\s+semaine|ouvrables?)|weekdays?|working\\s+days?)`))
    return { rule: { frequency: "weekly", byDay: dayNames.slice(0, 5).map((day) => ({ day })) } };
  const days = take(
    `${every}\\s+(other\\s+|second\\s+)?((?:${dayWords})s?(?:\\s*(?:,|et|and|&)\\s*(?:les\\s+)?(?:${dayWords})s?)*)`,
  );
  if (days) {
    const named = (days[2]?.match(/\p{L}+/gu) ?? []).flatMap(
      (word) => weekdays[word] ?? weekdays[word.replace(/s$/, "")] ?? [],
    );
    const byDay = dayNames.filter((_, at) => named.includes(at + 1)).map((day) => ({ day }));
    return { rule: { frequency: "weekly", ...(days[1] && { interval: 2 }), byDay } };
  }
  const date = take(String.raw`(?:le|tous\s+les)\s+(\d{1,2})(?:er)?\s+(?:de\s+chaque|du)\s+mois`);
  if (date) return { rule: { frequency: "monthly", byMonthDay: [Number(date[1])] } };
  const units: [string, RecurrenceRule["frequency"]][] = [
    ["jours?|days?", "daily"],
    ["semaines?|weeks?", "weekly"],
    ["mois|months?", "monthly"],
    ["ans|annees?|years?", "yearly"],
  ];
  for (const [words, frequency] of units) {
    const found = take(`${every}\\s+(?:(${count}|other|second)\\s+)?(?:${words})`);
    if (!found) continue;
    const interval = found[1] === "other" || found[1] === "second" ? 2 : numberOf(found[1]);
    return { rule: { frequency, ...(interval > 1 && { interval }) } };
  }
  const word = take(
    "(quotidien(?:ne)?|hebdomadaire|mensuel(?:le)?|annuel(?:le)?|daily|weekly|monthly|yearly|annually)",
  )?.[1];
  if (!word) return {};
  const frequency = /^(quot|daily)/.test(word)
    ? "daily"
    : /^(hebdo|weekly)/.test(word)
      ? "weekly"
      : /^m/.test(word)
        ? "monthly"
        : "yearly";
  return { rule: { frequency } };
}

function readLength(take: Take): Said {
  const found = take(
    String.raw`(?:pendant|durant|for)\s+(?:(\d{1,2})\s?h(?:eures?)?\s?(\d{2})|(${count}|half\s+an)\s?(h|heures?|hours?|hrs?|min|mins|minutes?|jours?|days?))`,
  );
  if (!found) return {};
  const [, hours, minutes, size, unit = ""] = found;
  if (hours) return { length: Number(hours) * hour + Number(minutes) * minute };
  if (size?.startsWith("half")) return { length: hour / 2 };
  const value = numberOf(size);
  if (/^(j|d)/.test(unit)) return { length: value * dayLength };
  return { length: value * (unit.startsWith("m") ? minute : hour) };
}

/** From one day to another: `du 5 au 8 décembre`, `December 5 to 8`, `du lundi au mercredi`. */
function readDays(take: Take, today: Day): Said {
  const french = take(
    String.raw`(?:du|from)\s+(\d{1,2})(?:er|st|nd|rd|th)?(?:\s+(${monthWords})\.?)?\s+(?:au|to|until|-)\s+(\d{1,2})(?:er|st|nd|rd|th)?\s+(${monthWords})\.?(?:\s+(\d{4}))?`,
  );
  if (french) {
    const [, from, fromMonth, to, toMonth, year] = french;
    const first = dateOf(Number(from), months[fromMonth ?? toMonth ?? ""] ?? 1, year, today);
    const last = first && dateOf(Number(to), months[toMonth ?? ""] ?? 1, undefined, first);
    if (first && last) return { day: first, lastDay: last };
  }
  const english = take(
    String.raw`(${monthWords})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|–|to|until)\s*(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?`,
  );
  if (english) {
    const [, month, from, to, year] = english;
    const first = dateOf(Number(from), months[month ?? ""] ?? 1, year, today);
    const last = dateOf(Number(to), months[month ?? ""] ?? 1, first?.slice(0, 4), today);
    if (first && last && last >= first) return { day: first, lastDay: last };
  }
  const named = take(String.raw`(?:du|from)\s+(${dayWords})\s+(?:au|to|until)\s+(${dayWords})`);
  if (named) {
    const first = coming(weekdays[named[1] ?? ""] ?? 1, today);
    return { day: first, lastDay: coming(weekdays[named[2] ?? ""] ?? 1, first) };
  }
  return {};
}

function readTimes(take: Take, { length }: Said): Said {
  const between = String.raw`\s*(?:a|to|et|and|until|till|jusqu'?\s?a|-|–|→)\s*`;
  const range =
    take(String.raw`(?:de\s+|from\s+|entre\s+|between\s+)?(?:(?:a|at)\s+)?(${clock})${between}(${clock})`) ??
    take(
      String.raw`(?:from\s+|between\s+|at\s+)?(\d{1,2}(?:[:.]\d{2})?)\s*(?:to|and|until|-|–)\s*(\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm))`,
    ) ??
    take(String.raw`(?:de\s+)(\d{1,2})\s*(?:a|-|–)\s*(\d{1,2}\s?h(?:\s?\d{2})?)`);
  if (range) {
    const to = clockOf(range[2] ?? "");
    let from = clockOf(range[1] ?? "");
    // 2 to 3pm: both of the afternoon, unless the first would then be after the second.
    if (!/[hap]m?$|h|midi|noon/.test(range[1] ?? "") && /pm/.test(range[2] ?? "") && from < 720 && from + 720 <= to)
      from += 720;
    return { from, to: to > from ? to : to + 1440 };
  }
  const found =
    take(String.raw`(?:(?:a|at|des|@)\s+|vers\s+|around\s+)?(${clock})`) ?? take(String.raw`at\s+(\d{1,2})`);
  if (!found) return {};
  let from = clockOf(found[1] ?? "");
  // At 3 is in the afternoon.
  if (/^\d{1,2}$/.test(found[1] ?? "") && from > 0 && from < 7 * 60) from += 720;
  const until = length === undefined ? take(String.raw`(?:jusqu'?\s?a|until|till)\s+(${clock})`) : null;
  return until ? { from, to: clockOf(until[1] ?? "") } : { from };
}

function readDay(take: Take, today: Day): Said {
  const at = (day: Day | null): Said => (day === null ? {} : { day });
  if (take("apres[- ]demain|day\\s+after\\s+tomorrow|the\\s+day\\s+after\\s+tomorrow")) return at(addDays(today, 2));
  if (take("demain|tomorrow|tmrw")) return at(addDays(today, 1));
  if (take("aujourd'?hui|today")) return at(today);
  const iso = take(String.raw`(?:le\s+|on\s+)?(\d{4}-\d{2}-\d{2})`);
  if (iso && isDay(iso[1])) return at(iso[1]);
  const date = take(
    String.raw`(?:le\s+|on\s+)?(?:(?:${dayWords})\.?,?\s+)?(?:le\s+|the\s+)?(\d{1,2})(?:er|st|nd|rd|th)?\s+(?:of\s+)?(${monthWords})\.?(?:\s+(\d{4}))?`,
  );
  if (date) return at(dateOf(Number(date[1]), months[date[2] ?? ""] ?? 1, date[3], today));
  const english = take(
    String.raw`(?:on\s+)?(?:(?:${dayWords})\.?,?\s+)?(${monthWords})\.?\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?`,
  );
  if (english) return at(dateOf(Number(english[2]), months[english[1] ?? ""] ?? 1, english[3], today));
  const numeric = take(String.raw`(?:le\s+|on\s+)?(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?`);
  if (numeric) {
    const year = numeric[3]?.length === 2 ? `20${numeric[3]}` : numeric[3];
    return at(dateOf(Number(numeric[1]), Number(numeric[2]), year, today));
  }
  const later = take(`(?:dans|in)\\s+(${count})\\s+(jours?|days?|semaines?|weeks?|mois|months?)`);
  if (later) {
    const many = numberOf(later[1]);
    const unit = later[2] ?? "";
    return at(/^m/.test(unit) ? addMonths(today, many) : addDays(today, many * (/^[sw]/.test(unit) ? 7 : 1)));
  }
  const next = take(`(?:on\\s+)?next\\s+(${dayWords})`);
  if (next) return at(addDays(startOfWeek(today), 6 + (weekdays[next[1] ?? ""] ?? 1)));
  const named = take(`(?:on\\s+|ce\\s+|this\\s+|le\\s+|coming\\s+)?(${dayWords})(?:\\s+(prochaine?|en\\s+huit))?`);
  if (named) {
    const day = coming(weekdays[named[1] ?? ""] ?? 1, today, named[2] !== undefined);
    return at(named[2]?.startsWith("en") ? addDays(day, 7) : day);
  }
  if (take("(?:la\\s+)?semaine\\s+prochaine|next\\s+week")) return at(addDays(startOfWeek(today), 7));
  const date0 = take(String.raw`le\s+(\d{1,2})(?:er)?`);
  if (date0) {
    const number = Number(date0[1]);
    const here = `${today.slice(0, 7)}-${String(number).padStart(2, "0")}`;
    if (isDay(here) && here >= today) return at(here);
    const after = `${addMonths(`${today.slice(0, 7)}-01`, 1).slice(0, 7)}-${String(number).padStart(2, "0")}`;
    return at(isDay(after) ? after : null);
  }
  return {};
}

function readPartOfDay(take: Take, today: Day): Said {
  if (take("ce\\s+soir|tonight")) return { day: today, from: 19 * 60 };
  if (take("ce\\s+matin|this\\s+morning")) return { day: today, from: 9 * 60 };
  if (take("cet?\\s+apres[- ]midi|this\\s+afternoon")) return { day: today, from: 14 * 60 };
  if (take("(?:le\\s+|in\\s+the\\s+)?(?:matin|morning)")) return { from: 9 * 60 };
  if (take("(?:l')?apres[- ]midi|(?:in\\s+the\\s+)?afternoon")) return { from: 14 * 60 };
  if (take("(?:le\\s+)?soir|(?:in\\s+the\\s+)?evening")) return { from: 19 * 60 };
  return {};
}

/** What has a capital letter after `à`, `at` or `in`, or is a room, is a place. */
function readLocation(rest: string): { name: string; rest: string } | null {
  const found =
    /(?:^|[\s¦])(?:à|a|at|in|@)\s+((?:l['’]|la\s|le\s|the\s)?\p{Lu}[^¦]*?)(?=\s+(?:avec|with|pour|for)\s|¦|$)/u.exec(
      rest,
    ) ??
    /(?:^|[\s¦])(?:en\s+|in\s+)?((?:salle|room|bureau)\s+[\p{L}\p{N}.-]+)(?=\s|¦|$)/iu.exec(rest) ??
    /(?:^|[\s¦])(chez\s+\p{Lu}[\p{L}'’-]*)(?=\s|¦|$)/u.exec(rest);
  if (!found?.[1]) return null;
  return {
    name: found[1].trim(),
    rest: `${rest.slice(0, found.index)}¦${rest.slice(found.index + found[0].length)}`,
  };
}

function timesOf(
  said: Said,
  now: Wall,
  fallback: Day,
  isDated: boolean,
): Pick<Understood, "begin" | "end" | "isAllDay" | "rule"> {
  const today = dayOf(now);
  const { from, to, length, lastDay } = said;
  let { day, rule } = said;
  if (!isDated) {
    const begin = fallback === today ? Math.ceil((now + 1) / hour) * hour : wallOf(fallback, 9 * 60);
    return { begin, end: begin + (length ?? hour), isAllDay: false };
  }
  if (day === undefined) {
    const isOver = from !== undefined && from <= minutesOf(now);
    day = isOver ? addDays(today, 1) : today;
    const start = day;
    if (rule?.byDay) {
      const named = rule.byDay.map((each) => dayNames.indexOf(each.day) + 1);
      for (let at = 0; at < 7 && !named.includes(weekday(day)); at++) day = addDays(start, at);
    }
    const date = rule?.byMonthDay?.[0];
    if (date !== undefined) {
      const here = `${day.slice(0, 7)}-${String(date).padStart(2, "0")}`;
      if (isDay(here)) day = here >= day ? here : addMonths(here, 1);
    }
  } else if (
    from !== undefined &&
    day === today &&
    from <= minutesOf(now) &&
    said.day !== undefined &&
    lastDay === undefined
  ) {
    // Said on a Monday, a Monday's time that is over is of the next.
    day = said.day;
  }
  if (rule?.frequency === "weekly" && !rule.byDay)
    rule = { ...rule, byDay: [{ day: dayNames[weekday(day) - 1] ?? "mo" }] };
  const more = rule ? { rule } : {};
  if (from === undefined) {
    const days = length !== undefined && length >= dayLength ? length : dayLength;
    return {
      begin: wallOf(day),
      end: lastDay ? wallOf(lastDay) + dayLength : wallOf(day) + days,
      isAllDay: true,
      ...more,
    };
  }
  const begin = wallOf(day, from);
  const end = to !== undefined ? wallOf(lastDay ?? day, to > from ? to : to + 1440) : begin + (length ?? hour);
  return { begin, end, isAllDay: false, ...more };
}

function clockOf(text: string): number {
  const plain = text.replace(/\s/g, "");
  if (plain === "midi" || plain === "noon") return 720;
  if (plain === "minuit" || plain === "midnight") return 0;
  const [, hours = "0", minutes = "0", half] =
    /^(\d{1,2})(?:[h:.](?:eures?)?(\d{2})?)?(?:eures?)?(am|pm)?$/.exec(plain) ?? [];
  const base = half ? (Number(hours) % 12) + (half === "pm" ? 12 : 0) : Number(hours);
  return Math.min(23, base) * 60 + Math.min(59, Number(minutes ?? 0));
}

/** The next day of that name: today itself, unless it is said to be the one to come. */
function coming(number: number, from: Day, isAfter = false): Day {
  const by = (number - weekday(from) + 7) % 7;
  return addDays(from, by === 0 && isAfter ? 7 : by);
}

/** A date without a year is the next of that name; one that is lately over is taken to be that of the next year. */
function dateOf(date: number, month: number, year: string | undefined, today: Day): Day | null {
  const write = (of: string) => `${of}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
  if (year) return isDay(write(year)) ? write(year) : null;
  const own = today.slice(0, 4);
  const next = String(Number(own) + 1);
  if (isDay(write(own)) && write(own) >= today) return write(own);
  return isDay(write(next)) ? write(next) : null;
}

function numberOf(text: string | undefined): number {
  if (text === undefined) return 1;
  return numbers[text] ?? (Number.parseInt(text, 10) || 1);
}

/** What is left of the line, without the joints of what was taken out. */
function titleOf(rest: string): string {
  const joints = "le|la|les|l'|on|at|à|a|de|du|from|the|this|ce|cette|pour|for|in|en|,|-|–|:|et|and";
  let text = rest.replace(new RegExp(`\\s*(?:(?<=^|\\s|¦)(?:${joints})\\s*)?¦`, "giu"), " ");
  text = text.replace(/\s+/g, " ").replace(/^[\s,;:–-]+|[\s,;:–-]+$/g, "");
  return text && text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** Small letters without accents, each where it was. */
function fold(text: string): string {
  return Array.from({ length: text.length }, (_, at) => {
    const letter = text.charAt(at);
    if (letter === "’") return "'";
    const plain = letter.normalize("NFD").charAt(0).toLowerCase();
    return plain.length === 1 ? plain : letter;
  }).join("");
}
