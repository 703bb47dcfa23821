import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketsOf, bucketTimes, chooseStep, countBuckets } from "./buckets";

const at = (iso: string) => new Date(iso);
const DAY = 86_400_000;
const times = fc.date({ min: at("2000-01-01T00:00:00Z"), max: at("2100-01-01T00:00:00Z"), noInvalidDate: true });
const spans = fc.integer({ min: 1, max: 400 * DAY });

test.each([
  ["1 h", 3_600_000, 300, 60],
  ["6 h", 6 * 3_600_000, 300, 120],
  ["24 h", DAY, 300, 300],
  ["7 d", 7 * DAY, 300, 3_600],
  ["30 d", 30 * DAY, 300, 10_800],
  ["1 h in few points", 3_600_000, 12, 300],
])("a range of %s", (_, ms, points, step) => {
  const to = at("2026-05-01T00:00:00Z");
  expect(chooseStep(new Date(to.getTime() - ms), to, points)).toBe(step);
});

test("the step chosen gives at most so many buckets, and a finer one would not", () => {
  fc.assert(
    fc.property(times, spans, fc.integer({ min: 20, max: 2_000 }), (from, span, points) => {
      const to = new Date(from.getTime() + span);
      const step = chooseStep(from, to, points);
      expect(countBuckets(from, to, step)).toBeLessThanOrEqual(points);
      expect(step).toBeGreaterThanOrEqual(60);
    }),
  );
});

test("buckets follow on each other, start at multiples of the step and cover exactly the range", () => {
  fc.assert(
    fc.property(times, spans, fc.integer({ min: 1, max: 100_000 }), (from, span, step) => {
      const to = new Date(from.getTime() + span);
      fc.pre(countBuckets(from, to, step) <= 3_000);
      const list = bucketTimes(bucketsOf(from, to, step)).map((time) => time.getTime());
      const first = list[0] ?? Number.NaN;
      const last = list.at(-1) ?? Number.NaN;
      expect(list.every((time, i) => time === first + i * step * 1000)).toBe(true);
      expect(first % (step * 1000)).toBe(0);
      expect(first <= from.getTime() && from.getTime() < first + step * 1000).toBe(true);
      expect(last < to.getTime() && to.getTime() <= last + step * 1000).toBe(true);
    }),
  );
});
