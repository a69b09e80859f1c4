import { describe, expect, it } from "vitest";
import { readWall, writeWall } from "../../../lib/calendar/time";
import { readQuick } from "./quick";

/** A Monday, a quarter past ten. */
const now = readWall("2026-11-30T10:15:00");

function told(line: string): string {
  const { title, begin, end, isAllDay, rule, location, people } = readQuick(line, now);
  const when = isAllDay
    ? `${writeWall(begin).slice(0, 10)}..${writeWall(end).slice(0, 10)}`
    : `${writeWall(begin).slice(0, 16)}..${writeWall(end).slice(writeWall(end).slice(0, 10) === writeWall(begin).slice(0, 10) ? 11 : 0, 16)}`;
  const often = rule
    ? ` ${rule.frequency}${rule.interval ?? ""}${rule.byDay ? `:${rule.byDay.map(({ day }) => day)}` : ""}${rule.byMonthDay ?? ""}`
    : "";
  return `${title} | ${when}${often}${location ? ` @${location}` : ""}${people.length > 0 ? ` +${people}` : ""}`;
}

describe("a line in French", () => {
  it.each([
    ["demain 14h avec Bob", "Avec Bob | 2026-12-01T14:00..15:00"],
    ["tous les mardis 9h réunion", "Réunion | 2026-12-01T09:00..10:00 weekly:tu"],
    [
      "Déjeuner vendredi de 12h30 à 14h à La Coupole avec Ana",
      "Déjeuner avec Ana | 2026-12-04T12:30..14:00 @La Coupole",
    ],
    ["Dentiste jeudi prochain à 8h15", "Dentiste | 2026-12-03T08:15..09:15"],
    ["réunion lundi 14h", "Réunion | 2026-11-30T14:00..15:00"],
    ["réunion lundi prochain 14h", "Réunion | 2026-12-07T14:00..15:00"],
    ["Congés du 21 décembre au 2 janvier", "Congés | 2026-12-21..2027-01-03"],
    ["Salon du 5 au 8 décembre", "Salon | 2026-12-05..2026-12-09"],
    ["Point équipe après-demain 16h30 pendant 45 min", "Point équipe | 2026-12-02T16:30..17:15"],
    ["Anniversaire de Zoé le 3 mars", "Anniversaire de Zoé | 2027-03-03..2027-03-04"],
    ["Ciné ce soir", "Ciné | 2026-11-30T19:00..20:00"],
    ["Yoga chaque lundi et jeudi 18h", "Yoga | 2026-11-30T18:00..19:00 weekly:mo,th"],
    ["Loyer le 5 de chaque mois", "Loyer | 2026-12-05..2026-12-06 monthly5"],
    ["Comité toutes les deux semaines jeudi 10h", "Comité | 2026-12-03T10:00..11:00 weekly2:th"],
    ["Train demain matin salle 12", "Train | 2026-12-01T09:00..10:00 @salle 12"],
    ["1er décembre midi repas", "Repas | 2026-12-01T12:00..13:00"],
    ["Revue 3/12 14:00-15:30", "Revue | 2026-12-03T14:00..15:30"],
    ["Garde dans 3 jours", "Garde | 2026-12-03..2026-12-04"],
    ["Courir tous les jours ouvrés 7h", "Courir | 2026-12-01T07:00..08:00 weekly:mo,tu,we,th,fr"],
    ["Appel 9h", "Appel | 2026-12-01T09:00..10:00"],
    ["Concert samedi 22h à 1h", "Concert | 2026-12-05T22:00..2026-12-06T01:00"],
    ["Écrire à bob@example.org demain 11h", "Écrire | 2026-12-01T11:00..12:00 +bob@example.org"],
  ])("%s", (line, meant) => expect(told(line)).toBe(meant));
});

describe("a line in English", () => {
  it.each([
    ["lunch with Ana next Friday noon to 1:30pm", "Lunch with Ana | 2026-12-11T12:00..13:30"],
    ["standup tomorrow at 9:15", "Standup | 2026-12-01T09:15..10:15"],
    ["Dentist on Thursday 2-3pm", "Dentist | 2026-12-03T14:00..15:00"],
    ["Bins every other Tuesday", "Bins | 2026-12-01..2026-12-02 weekly2:tu"],
    ["Review every 2 weeks on Wednesday at 4pm for 90 minutes", "Review | 2026-12-02T16:00..17:30 weekly2:we"],
    ["Gym every Monday and Wednesday 6pm", "Gym | 2026-11-30T18:00..19:00 weekly:mo,we"],
    ["Holiday December 21-28", "Holiday | 2026-12-21..2026-12-29"],
    ["Party on January 2nd 8pm at Bob's", "Party | 2027-01-02T20:00..21:00 @Bob's"],
    ["call in 2 weeks", "Call | 2026-12-14..2026-12-15"],
    ["Pay rent monthly", "Pay rent | 2026-11-30..2026-12-01 monthly"],
    [
      "Meeting with bob@example.org and ana@example.org tomorrow 3pm",
      "Meeting | 2026-12-01T15:00..16:00 +bob@example.org,ana@example.org",
    ],
    ["dinner tonight", "Dinner | 2026-11-30T19:00..20:00"],
    ["Call mum at 5", "Call mum | 2026-11-30T17:00..18:00"],
    ["Workshop from 10am to 4pm on 5 December 2027", "Workshop | 2027-12-05T10:00..16:00"],
  ])("%s", (line, meant) => expect(told(line)).toBe(meant));
});

it("a line that says no time is a title for the next hour", () => {
  const { isDated, ...rest } = readQuick("Think about may", now);
  expect(isDated).toBe(false);
  expect(rest.title).toBe("Think about may");
  expect(writeWall(rest.begin)).toBe("2026-11-30T11:00:00");
  expect(writeWall(readQuick("Plan", now, "2026-12-24").begin)).toBe("2026-12-24T09:00:00");
});

it("nothing a person may type makes it throw", () => {
  for (const line of [
    "",
    "   ",
    "32/13",
    "99h99",
    "le 31 février",
    "@",
    "\u0001",
    "tous les",
    "14h 15h 16h",
    "ʼʼİİ demain",
  ]) {
    const { begin, end } = readQuick(line, now);
    expect(Number.isFinite(begin) && end > begin).toBe(true);
  }
});
