import { beforeAll, describe, expect, it } from "vitest";
import { loadTexts, setLanguage, startI18n, t } from "../../i18n";
import type { RecurrenceRule } from "../jmap/calendars";
import { followStart, isPlain, presetOf, presetRule, presets, ruleText } from "./rule";

const start = "2026-11-30";

const rules: [RecurrenceRule, string, string][] = [
  [{ frequency: "daily" }, "Every day", "Tous les jours"],
  [{ frequency: "daily", interval: 3, count: 5 }, "Every 3 days, 5 times", "Tous les 3 jours, 5 fois"],
  [{ frequency: "weekly" }, "Every week on Monday", "Toutes les semaines, le lundi"],
  [
    { frequency: "weekly", interval: 2, byDay: [{ day: "we" }, { day: "mo" }], until: "2027-03-01T23:59:59" },
    "Every 2 weeks on Monday and Wednesday, until 1 March 2027",
    "Toutes les 2 semaines, le lundi et le mercredi, jusqu’au 1 mars 2027",
  ],
  [
    { frequency: "monthly", byDay: [{ day: "tu", nthOfPeriod: -1 }] },
    "Every month on the last Tuesday",
    "Tous les mois, le dernier mardi",
  ],
  [{ frequency: "monthly", byMonthDay: [15] }, "Every month on day 15", "Tous les mois, le 15"],
  [{ frequency: "yearly" }, "Every year on 30 November", "Tous les ans, le 30 novembre"],
  [
    { frequency: "monthly", byDay: [{ day: "mo" }], bySetPosition: [-1] },
    "Repeats by a rule of its own",
    "Se répète selon une règle particulière",
  ],
];

describe("a rule as a sentence", () => {
  beforeAll(async () => {
    await startI18n();
    await loadTexts("calendar");
  });

  it.each(["en", "fr"] as const)("is one in %s", async (language) => {
    await setLanguage(language);
    await loadTexts("calendar");
    for (const [rule, english, french] of rules)
      expect(ruleText(rule, start, t, language)).toBe(language === "en" ? english : french);
  });
});

describe("a rule in the form", () => {
  it("is known again as the choice it was made by", () => {
    for (const preset of presets) expect(presetOf(presetRule(preset, "2026-11-18"), "2026-11-18")).toBe(preset);
    expect(presetOf({ frequency: "weekly", interval: 2, byDay: [{ day: "mo" }] }, start)).toBeNull();
    expect(presetOf({ "@type": "RecurrenceRule", frequency: "monthly", byMonthDay: [30] }, start)).toBe("monthlyDate");
  });

  it("that says more than the form shows is told from one that does not", () => {
    expect(isPlain({ frequency: "weekly", byDay: [{ day: "mo" }], firstDayOfWeek: "mo" })).toBe(true);
    expect(isPlain({ frequency: "yearly", byDay: [{ day: "su", nthOfPeriod: 2 }], byMonth: ["5"] })).toBe(false);
    expect(isPlain({ frequency: "hourly" })).toBe(false);
  });

  it("goes along when the event begins on another day", () => {
    expect(followStart({ frequency: "weekly", byDay: [{ day: "mo" }], count: 4 }, start, "2026-12-02")).toEqual({
      frequency: "weekly",
      byDay: [{ day: "we" }],
      count: 4,
    });
    const own: RecurrenceRule = { frequency: "weekly", byDay: [{ day: "mo" }, { day: "fr" }] };
    expect(followStart(own, start, "2026-12-02")).toBe(own);
  });
});
