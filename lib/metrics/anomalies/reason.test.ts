import { describe, expect, test } from "vitest";
import { DEFAULT_OPTIONS } from "./options";
import { type Finding, describeFinding } from "./reason";
import { createViews } from "./views";

const finding = (changes: Partial<Finding>): Finding => ({
  view: "value",
  at: new Date("2026-01-05T14:10:00Z"), // a Monday
  value: 615,
  previous: 140,
  expected: { low: 120, middle: 150, high: 180 },
  profile: "week",
  views: createViews(),
  usualSize: 10,
  options: DEFAULT_OPTIONS,
  ...changes,
});

const views = (changes: Partial<Finding["views"]>) => ({ ...createViews(), ...changes });

describe("a reason says what is odd, with numbers and units", () => {
  test.each<[Partial<Finding>, string]>([
    [{}, "4.1× above what is usual on Mondays at 14:00; usual 120-180 ms"],
    [{ profile: "day" }, "4.1× above what is usual at 14:00; usual 120-180 ms"],
    [{ profile: "level" }, "4.1× above what is usual; usual 120-180 ms"],
    [{ value: 30, profile: "day" }, "5× below what is usual at 14:00; usual 120-180 ms"],
    [{ value: 190, profile: "level" }, "40 ms above what is usual; usual 120-180 ms"],
    [{ value: 0, profile: "level" }, "150 ms below what is usual; usual 120-180 ms"],
    [
      { view: "short", views: views({ shortResidual: 45 }), profile: "day" },
      "45 ms above what is usual at 14:00 on average over the last 6 samples; usual 120-180 ms",
    ],
    [
      { view: "long", views: views({ longResidual: -22 }), profile: "level" },
      "22 ms below what is usual on average over the last 24 samples; usual 120-180 ms",
    ],
    [{ view: "jump" }, "Rose from 140 ms to 615 ms at once; usual 120-180 ms"],
    [{ view: "jump", value: 2 }, "Fell from 140 ms to 2 ms at once; usual 120-180 ms"],
    [
      { view: "rough", views: views({ roughness: 32 }), profile: "level" },
      "Strays 32 ms from what is usual on average over the last 24 samples, 3.2× its normal; usual 120-180 ms",
    ],
    [
      { view: "turn", views: views({ shortValue: 210, longValue: 150 }) },
      "The last 6 samples average 210 ms, the last 24 150 ms; usual 120-180 ms",
    ],
    [{ view: "frozen", value: 140, views: views({ run: 40 }) }, "Has stood at 140 ms for 40 samples; usual 120-180 ms"],
  ])("%o", (changes, sentence) => expect(describeFinding(finding(changes), { unit: "ms" })).toBe(sentence));

  test("the reader's time zone says which day and hour it is", () => {
    const late = finding({ at: new Date("2026-01-05T23:30:00Z") });
    expect(describeFinding(late, { unit: "ms", timeZone: "Asia/Tokyo" })).toContain("on Tuesdays at 08:00");
  });

  test.each([
    [{ low: 8e8, middle: 9e8, high: 1.2e9 }, "bytes", "usual 800 MB-1.2 GB"],
    [{ low: -3, middle: 0, high: 4 }, "percent", "usual -3 % to 4 %"],
    [{ low: 1200, middle: 1300, high: 1400 }, "", "usual 1,200-1,400"],
    [{ low: 1, middle: 2, high: 3 }, "requests", "usual 1-3 requests"],
  ])("%o in %s", (expected, unit, usual) =>
    expect(describeFinding(finding({ expected }), { unit }).endsWith(`; ${usual}`)).toBe(true),
  );
});
