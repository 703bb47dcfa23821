import fc from "fast-check";
import { expect, test } from "vitest";
import type { Histogram } from "../sample";
import { quantileOf } from "../sketch";
import { decodeSketch } from "../sketch-bytes";
import { checkHistogram, differenceOf, storedDistribution } from "./histogram";

const bounds = fc
  .uniqueArray(fc.double({ noNaN: true, min: -1e5, max: 1e5 }), { minLength: 2, maxLength: 12 })
  .map((list) => list.toSorted((a, b) => a - b));
const counts = fc.array(fc.oneof(fc.nat(5), fc.nat(100_000)), { minLength: 12, maxLength: 12 });

function make(edges: readonly number[], list: readonly number[]): Histogram {
  const buckets = edges
    .slice(1)
    .map((upper, i) => ({ lower: edges[i] ?? 0, upper, count: list[i] ?? 0 }))
    .filter(({ count }) => count > 0);
  return { count: buckets.reduce((total, { count }) => total + count, 0), buckets };
}

/** Prometheus's histogram_quantile: linear within the bucket that the rank lies in; value k of n at (k - ½) / n of the way. */
function interpolate({ buckets, count }: Histogram, q: number): number {
  let rank = Math.max(1, Math.ceil(q * count));
  for (const { lower, upper, count: n } of buckets) {
    if (rank <= n) return lower + ((upper - lower) * (rank - 0.5)) / n;
    rank -= n;
  }
  return Number.NaN;
}

test("a quantile of what is stored is that of the histogram, within 1 %", () => {
  fc.assert(
    fc.property(bounds, counts, fc.double({ noNaN: true, min: 0, max: 1 }), (edges, list, q) => {
      const histogram = make(edges, list);
      if (histogram.count === 0) return;
      const { sketch, count, min, max } = storedDistribution(histogram);
      const decoded = decodeSketch(sketch);
      expect(decoded.count).toBe(histogram.count);
      expect(count).toBe(histogram.count);
      const exact = interpolate(histogram, q);
      const found = quantileOf(decoded, q) ?? Number.NaN;
      // Next to 0 all values of a wide bucket are one: nearer than a quarter of the distance of two of them.
      const widest = Math.max(...histogram.buckets.map(({ lower, upper, count: n }) => (upper - lower) / n));
      const isNearZero = Math.abs(exact) <= widest;
      if (!isNearZero) expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.0101 + 1e-9);
      expect(min).toBe(histogram.buckets[0]?.lower);
      expect(max).toBe(histogram.buckets.at(-1)?.upper);
    }),
    { numRuns: 300, endOnFailure: true },
  );
});

test("the difference of two points is what was added between them, also over a coarser scale", () => {
  fc.assert(
    fc.property(bounds, counts, counts, (edges, before, added) => {
      const older = make(edges, before);
      const total = before.map((count, i) => count + (added[i] ?? 0));
      expect(differenceOf(make(edges, total), older).buckets).toEqual(make(edges, added).buckets);
      // Every second bound left out: pairs of buckets are one.
      const coarse = edges.filter((_, i) => i % 2 === 0 || i === edges.length - 1);
      const merge = (list: readonly number[]) =>
        coarse.slice(1).map((upper, i) => {
          const lower = coarse[i] ?? 0;
          return list.reduce((sum, count, k) => {
            const [low, high] = [edges[k], edges[k + 1]];
            return low !== undefined && high !== undefined && low >= lower && high <= upper ? sum + count : sum;
          }, 0);
        });
      expect(differenceOf(make(coarse, merge(total)), older).count).toBe(make(edges, added).count);
    }),
  );
});

test("what fell began anew", () => {
  const older = make([0, 1, 2], [5, 5]);
  expect(differenceOf(make([0, 1, 2], [1, 0]), older).count).toBe(1);
  expect(differenceOf(make([0, 1, 2], [4, 20]), older).count).toBe(24);
});

test("open buckets end where they begin, or at the least and greatest value", () => {
  const open = {
    count: 4,
    buckets: [
      { lower: -Infinity, upper: 5, count: 1 },
      { lower: 5, upper: Infinity, count: 3 },
    ],
  };
  expect(storedDistribution(open)).toMatchObject({ min: 0, max: 5 });
  expect(storedDistribution({ ...open, min: 2, max: 9 })).toMatchObject({ min: 2, max: 9 });
  expect(storedDistribution({ count: 1, buckets: [{ lower: -Infinity, upper: Infinity, count: 1 }] })).toMatchObject({
    min: 0,
    max: 0,
  });
});

test("the widest bucket there is takes no time and stays a number", () => {
  const wide = { count: 1_000_000, buckets: [{ lower: -Number.MAX_VALUE, upper: Number.MAX_VALUE, count: 1_000_000 }] };
  expect(checkHistogram(wide)).toBeUndefined();
  expect(decodeSketch(storedDistribution(wide).sketch).count).toBe(1_000_000);
  const tiny = { count: 1_000, buckets: [{ lower: 0, upper: Number.MIN_VALUE, count: 1_000 }] };
  expect(decodeSketch(storedDistribution(tiny).sketch).zero).toBe(1_000);
});
