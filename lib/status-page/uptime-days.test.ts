import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayFacts, NOW } from "@/lib/testing/status-facts";
import { UPTIME_DAYS } from "./status";
import { uptimeDayNames, uptimeOf } from "./uptime-days";

test("90 UTC days end today, with the leap day among them", () => {
  const names = uptimeDayNames(NOW);
  expect(names).toHaveLength(90);
  expect(names.slice(-3)).toEqual(["2028-02-28", "2028-02-29", "2028-03-01"]);
  // 1 of March, 29 of February, 31 of January, 29 of December.
  expect(names[0]).toBe("2027-12-03");
});

test("the day is UTC's: a minute before midnight it is still the day before, whatever the season", () => {
  expect(uptimeDayNames(new Date("2028-03-26T23:59:59.999Z")).at(-1)).toBe("2028-03-26");
  expect(uptimeDayNames(new Date("2028-03-27T00:00:00Z")).at(-1)).toBe("2028-03-27");
});

describe("a check that runs each minute, by hand", () => {
  /**
   * | day        | what happened                                        | results | failed | downtime |
   * | ---------- | ---------------------------------------------------- | ------- | ------ | -------- |
   * | 2028-02-27 | nothing                                              | 1,440   | 0      | 0        |
   * | 2028-02-28 | down 23:50 to 24:00                                  | 1,440   | 10     | 600 s    |
   * | 2028-02-29 | down 00:00 to 00:24, maintenance 02:00 to 03:00 (60) | 1,380   | 24     | 1,440 s  |
   * | 2028-03-01 | half a day so far                                    | 720     | 0      | 0        |
   */
  const rows = [
    dayFacts({ checkId: "a", day: "2028-02-27" }),
    dayFacts({ checkId: "a", day: "2028-02-28", up: 1_430, downSeconds: 600 }),
    dayFacts({ checkId: "a", day: "2028-02-29", up: 1_356, total: 1_380, downSeconds: 1_440 }),
    dayFacts({ checkId: "a", day: "2028-03-01", up: 720, total: 720 }),
  ];
  const { days, uptimePercent } = uptimeOf(rows, NOW);

  test("its days", () => {
    expect(days.slice(-5)).toEqual([
      { day: "2028-02-26", uptimePercent: null, downtimeMinutes: null },
      { day: "2028-02-27", uptimePercent: 100, downtimeMinutes: 0 },
      { day: "2028-02-28", uptimePercent: (100 * 1_430) / 1_440, downtimeMinutes: 10 },
      { day: "2028-02-29", uptimePercent: (100 * 1_356) / 1_380, downtimeMinutes: 24 },
      { day: "2028-03-01", uptimePercent: 100, downtimeMinutes: 0 },
    ]);
  });

  test("its 90 days: 34 of 4,980 results failed", () => {
    expect(uptimePercent).toBeCloseTo(99.317269, 6);
  });
});

test.each(["2028-03-26", "2028-10-29"])("the day of a clock change, %s, is a UTC day like any other", (day) => {
  const now = new Date(`${day}T23:59:00Z`);
  const { days } = uptimeOf([dayFacts({ checkId: "a", day, up: 1_368, total: 1_440, downSeconds: 4_320 })], now);
  expect(days.at(-1)).toEqual({ day, uptimePercent: 95, downtimeMinutes: 72 });
});

test("a component is as good as its worst check, on a day and over all", () => {
  const rows = [
    dayFacts({ checkId: "a", day: "2028-02-28", up: 720, downSeconds: 43_200 }),
    dayFacts({ checkId: "b", day: "2028-02-28", up: 288, total: 288 }),
    dayFacts({ checkId: "a", day: "2028-02-29" }),
    dayFacts({ checkId: "b", day: "2028-02-29", up: 216, total: 288, downSeconds: 21_600 }),
  ];
  const { days, uptimePercent } = uptimeOf(rows, NOW);
  expect(days.slice(-3, -1)).toEqual([
    { day: "2028-02-28", uptimePercent: 50, downtimeMinutes: 720 },
    { day: "2028-02-29", uptimePercent: 75, downtimeMinutes: 360 },
  ]);
  // a: 2,160 of 2,880; b: 504 of 576.
  expect(uptimePercent).toBe(75);
});

test("a day that was maintenance or pause throughout, and days before the 90, say nothing", () => {
  const rows = [
    dayFacts({ checkId: "a", day: "2028-02-29", up: 0, total: 0 }),
    dayFacts({ checkId: "a", day: "2027-12-02", up: 0, downSeconds: 86_400 }),
  ];
  const { days, uptimePercent } = uptimeOf(rows, NOW);
  expect(days.every((day) => day.uptimePercent === null && day.downtimeMinutes === null)).toBe(true);
  expect(uptimePercent).toBeNull();
});

test("whatever was counted: 90 days, shares of 0 to 100 %, and no more downtime than a day has", () => {
  const row = fc
    .record({
      checkId: fc.constantFrom("a", "b"),
      ago: fc.nat({ max: 100 }),
      up: fc.nat({ max: 1_440 }),
      bad: fc.nat({ max: 1_440 }),
      downSeconds: fc.double({ min: 0, max: 200_000, noNaN: true }),
    })
    .map(({ checkId, ago, up, bad, downSeconds }) => {
      const day = new Date(NOW.getTime() - ago * 86_400_000).toISOString().slice(0, 10);
      return { checkId, day, up, total: up + bad, downSeconds };
    });
  fc.assert(
    fc.property(fc.uniqueArray(row, { selector: (one) => `${one.checkId} ${one.day}` }), (rows) => {
      const { days, uptimePercent } = uptimeOf(rows, NOW);
      expect(days).toHaveLength(UPTIME_DAYS);
      const shares = days.flatMap((day) => day.uptimePercent ?? []);
      for (const share of shares) expect(share >= 0 && share <= 100).toBe(true);
      for (const { downtimeMinutes } of days) expect((downtimeMinutes ?? 0) <= 1_440).toBe(true);
      expect(uptimePercent === null).toBe(shares.length === 0);
    }),
  );
});
