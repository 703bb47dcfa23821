import fc from "fast-check";
import { expect, test } from "vitest";
import { createRequestStats } from "./request-stats";
import { quantileOf } from "./sketch";
import { decodeSketch } from "./sketch-bytes";
import { checkHistogram, storedDistribution } from "./writer/histogram";

const clock = () => {
  let ms = 0;
  return { now: () => ms, advance: (by: number) => void (ms += by) };
};

test("each quantile is within 1 % of the exact one", () => {
  const durations = fc.array(
    fc.double({ min: -5, max: 13.8, noNaN: true }).map((log) => Math.max(0.0101, Math.exp(log))),
    { minLength: 1, maxLength: 300 },
  );
  fc.assert(
    fc.property(durations, (list) => {
      const stats = createRequestStats();
      for (const ms of list) stats.observe(ms, 200);
      const sorted = list.toSorted((a, b) => a - b);
      const exact = (q: number) => sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN;
      const { quantiles } = stats.collect();
      const pairs = [
        [quantiles?.p50, exact(0.5)],
        [quantiles?.p95, exact(0.95)],
        [quantiles?.p99, exact(0.99)],
      ] as const;
      for (const [estimate = Number.NaN, truth] of pairs) {
        expect(Math.abs(estimate - truth)).toBeLessThanOrEqual(0.01 * truth * (1 + 1e-9));
      }
    }),
    { numRuns: 300 },
  );
});

test("collecting counts since the last time and starts anew", () => {
  const { now, advance } = clock();
  const stats = createRequestStats(now);
  stats.observe(10, 200);
  stats.observe(10, 503);
  stats.observe(10, 499);
  advance(60_000);
  expect(stats.collect()).toMatchObject({ requests: 3, errors: 1, elapsedMs: 60_000 });
  advance(1_000);
  expect(stats.collect()).toEqual({ requests: 0, errors: 0, elapsedMs: 1_000, quantiles: null, durations: null });
});

test("durations that are no durations count as the nearest that are", () => {
  const stats = createRequestStats();
  for (const ms of [-1, 0, Number.NaN]) stats.observe(ms, 200);
  expect(stats.collect().quantiles?.p99).toBeCloseTo(0.01, 3);
  for (const ms of [1e9, Number.POSITIVE_INFINITY]) stats.observe(ms, 200);
  expect(stats.collect().quantiles?.p50).toBeGreaterThan(900_000);
});

test("as a distribution it has the same quantiles, and counts and sums all", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.02, max: 900_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
      (list) => {
        const stats = createRequestStats();
        for (const ms of list) stats.observe(ms, 200);
        const { quantiles, durations } = stats.collect();
        if (!durations) throw new Error("nothing was counted");
        expect(checkHistogram(durations)).toBeUndefined();
        const { count, sum, sketch } = storedDistribution(durations);
        expect(count).toBe(list.length);
        expect(sum).toBeCloseTo(
          list.reduce((a, b) => a + b),
          3,
        );
        expect(quantileOf(decodeSketch(sketch), 0.95)).toBeCloseTo(quantiles?.p95 ?? Number.NaN, 6);
      },
    ),
  );
});
