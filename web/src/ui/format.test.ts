import { beforeAll, describe, expect, it } from "vitest";
import { setLanguage, startI18n } from "../i18n";
import { initialsOf } from "./Avatar";
import { formatBytes, formatCount } from "./formatNumber";
import { formatFull, formatRelative } from "./RelativeTime";

const spaces = (text: string) => text.replace(/\s/g, " ");

describe("dates", () => {
  const now = new Date(2026, 10, 23, 18, 0);
  const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).toISOString();

  it("are the hour today, the day this year, and whole before", () => {
    expect(formatRelative(at(2026, 10, 23, 9, 5), "fr", now)).toBe("09:05");
    expect(formatRelative(at(2026, 10, 22, 23, 59), "fr", now)).toBe("22 nov.");
    expect(formatRelative(at(2025, 11, 31), "fr", now)).toBe("31/12/2025");
    expect(formatRelative(at(2026, 1, 3), "en", now)).toBe("3 Feb");
  });

  it("are written out in full when asked", () => {
    expect(spaces(formatFull(at(2026, 10, 23, 9, 5), "fr"))).toBe("lundi 23 novembre 2026 à 09:05");
  });

  it("say nothing when they are no dates", () => {
    expect(formatRelative("yesterday-ish", "en", now)).toBe("");
  });
});

describe("sizes", () => {
  beforeAll(startI18n);

  it.each([
    ["fr", 0, "0 octet"],
    ["fr", 1_400_000, "1,4 Mo"],
    ["en", 999, "999 bytes"],
    ["en", 20_000_000, "20 MB"],
    ["en", 1_000, "1 kB"],
  ] as const)("in %s of %i are %s", async (language, octets, text) => {
    await setLanguage(language);
    expect(spaces(formatBytes(octets))).toBe(text);
  });
});

it("counts are grouped as the language does", async () => {
  await setLanguage("fr");
  expect(spaces(formatCount(12_345))).toBe("12 345");
  await setLanguage("en");
  expect(formatCount(12_345)).toBe("12,345");
});

it.each([
  ["Zoé Lambert", "ZL"],
  ["alice@example.org", "A"],
  ["jean-luc.picard@example.org", "JP"],
  ["محمد علي", "مع"],
  ["李雷", "李"],
  ["🎉 Party", "P"],
  ["", "?"],
])("the initials of %s are %s", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
