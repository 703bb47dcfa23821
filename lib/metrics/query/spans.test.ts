import fc from "fast-check";
import { expect, test } from "vitest";
import { type RollupState, type Span, UNIT_MS, coarsest, cutSpans, tierOf } from "./spans";
import { layGrid } from "./time-grid";

const at = (text: string) => new Date(`2026-05-${text}:00Z`);
const ms = (text: string) => at(text).getTime();
const closed = (hour: string, day: string): RollupState => ({
  until: { hour: ms(hour), day: ms(day) },
  open: { hour: new Set(), day: new Set() },
});
const grid = (from: string, to: string, stepSeconds: number, timezone?: string) =>
  layGrid({ from: at(from), to: at(to), stepSeconds, timezone, offsetSeconds: 0 });
const show = (spans: readonly Span[]) =>
  spans.map(({ from, to }) => [from, to].map((time) => new Date(time).toISOString().slice(8, 16)).join(" "));

test.each([
  [300, undefined, "raw"],
  [5_400, undefined, "raw"],
  [3_600, undefined, "hour"],
  [10_800, undefined, "hour"],
  [86_400, undefined, "day"],
  [604_800, undefined, "day"],
  [90_000, undefined, "hour"],
  [86_400, "Europe/Berlin", "hour"],
  [86_400, "Asia/Kolkata", "hour"],
  [86_400, "UTC", "day"],
])("a step of %d s in %s is read from tier %s", (step, zone, tier) => {
  expect(tierOf(grid("01T00:00", "05T00:00", step, zone))).toBe(tier);
});

test("hours that are closed come from roll-ups, and the rest from samples", () => {
  const g = grid("10T00:00", "10T12:20", 3_600);
  const spans = cutSpans(g, "hour", closed("10T11:00", "10T00:00"), 0);
  expect([show(spans.hour), show(spans.raw), coarsest(spans)]).toEqual([
    ["10T00:00 10T11:00"],
    ["10T11:00 10T12:20"],
    "hour",
  ]);
});

test("a range of days takes days, then hours, then samples", () => {
  const spans = cutSpans(grid("08T00:00", "10T12:20", 86_400), "day", closed("10T11:00", "10T00:00"), 0);
  expect([show(spans.day), show(spans.hour), show(spans.raw)]).toEqual([
    ["08T00:00 10T00:00"],
    ["10T00:00 10T11:00"],
    ["10T11:00 10T12:20"],
  ]);
});

test("an hour that is not computed yet is read from samples, and its day from hours", () => {
  const state = closed("10T11:00", "10T00:00");
  const open = { hour: new Set([ms("09T05:00")]), day: new Set([ms("09T00:00")]) };
  const spans = cutSpans(grid("08T00:00", "10T00:00", 86_400), "day", { ...state, open }, 0);
  expect([show(spans.day), show(spans.hour), show(spans.raw)]).toEqual([
    ["08T00:00 09T00:00"],
    ["09T00:00 09T05:00", "09T06:00 10T00:00"],
    ["09T05:00 09T06:00"],
  ]);
});

test("where samples are no longer kept the last hour is read whole", () => {
  const g = grid("08T00:00", "08T02:30", 3_600);
  expect(show(cutSpans(g, "hour", closed("10T11:00", "10T00:00"), ms("09T00:00")).hour)).toEqual(["08T00:00 08T03:00"]);
});

test("midnights of zones off whole hours are read from samples", () => {
  const spans = cutSpans(
    grid("08T00:00", "08T20:00", 86_400, "Asia/Kolkata"),
    "hour",
    closed("10T00:00", "10T00:00"),
    0,
  );
  expect([show(spans.hour), show(spans.raw)]).toEqual([
    ["07T19:00 08T18:00", "08T19:00 08T20:00"],
    ["07T18:30 07T19:00", "08T18:00 08T19:00"],
  ]);
});

test("the spans are the whole range, each moment once, and roll-ups only where they can be read", () => {
  const hours = fc.integer({ min: 0, max: 240 }).map((n) => ms("01T00:00") + n * UNIT_MS.hour);
  const days = fc.integer({ min: 0, max: 10 }).map((n) => ms("01T00:00") + n * UNIT_MS.day);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 14_000 }),
      fc.integer({ min: 1, max: 2_000 }),
      fc.constantFrom(60, 3_600, 7_200, 86_400, 172_800),
      fc.constantFrom(undefined, "Europe/Berlin", "Asia/Kolkata"),
      hours,
      days,
      fc.uniqueArray(hours, { maxLength: 8 }),
      fc.uniqueArray(days, { maxLength: 3 }),
      (start, length, stepSeconds, timezone, hour, day, openHours, openDays) => {
        const from = new Date(ms("01T00:00") + start * 60_000);
        const to = new Date(from.getTime() + length * 60_000);
        const g = layGrid({ from, to, stepSeconds, timezone, offsetSeconds: 0 });
        const open = { hour: new Set(openHours), day: new Set(openDays) };
        const tier = tierOf(g);
        const spans = cutSpans(g, tier, { until: { hour, day }, open }, 0);
        const all = [...spans.raw, ...spans.hour, ...spans.day].sort((a, b) => a.from - b.from);
        expect(all[0]?.from).toBe(g.bounds[0]);
        expect(all.at(-1)?.to).toBe(g.to);
        all.slice(1).forEach((span, i) => expect(span.from).toBe(all[i]?.to));
        for (const unit of ["hour", "day"] as const)
          for (const span of spans[unit]) {
            expect([span.from % UNIT_MS[unit], span.to % UNIT_MS[unit]]).toEqual([0, 0]);
            expect(span.to).toBeLessThanOrEqual(unit === "hour" ? hour : day);
            for (const one of open[unit]) expect(one >= span.from && one < span.to).toBe(false);
            // No bucket begins inside of what was merged.
            for (const bound of g.bounds)
              if (bound > span.from && bound < span.to) expect(bound % UNIT_MS[unit]).toBe(0);
          }
        if (tier === "raw") expect([spans.hour, spans.day]).toEqual([[], []]);
      },
    ),
  );
});
