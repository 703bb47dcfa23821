import type { Histogram, HistogramBucket } from "../sample";
import { addToSketch, createSketch, GAMMA, type Sketch } from "../sketch";
import { encodeSketch } from "../sketch-bytes";
import type { StoredDistribution } from "./rows";

const MAX_COUNT = Number.MAX_SAFE_INTEGER;
/** The same bound computed at two scales of an exponential histogram differs in the last bits. */
const SAME_BOUND = 1e-9;
/** Up to so many of a bucket are placed one by one. */
const ONE_BY_ONE = 64;
/** Nearer to 0 no bin is told from the next: a bound for how many bins are walked over. */
const LEAST = 1e-200;
const LOG_GAMMA = Math.log(GAMMA);

/** What is wrong with a histogram, or undefined. Pure. */
export function checkHistogram({ count, sum, min, max, buckets }: Histogram): string | undefined {
  const counts = [count, ...buckets.map((bucket) => bucket.count)];
  if (!counts.every((one) => Number.isInteger(one) && one >= 0 && one <= MAX_COUNT))
    return "its counts must be whole numbers from 0 to 2^53";
  if (buckets.some(({ lower, upper }) => !(lower <= upper)))
    return "each bucket's lower bound must be below its upper one";
  if (buckets.reduce((total, bucket) => total + bucket.count, 0) !== count)
    return "the counts of its buckets must add up to its count";
  if ([sum, min, max].some((one) => one !== undefined && !Number.isFinite(one)))
    return "sum, min and max must be finite numbers";
  if (min !== undefined && max !== undefined && min > max) return "min must not be above max";
  return undefined;
}

/** What was measured between two points of a series that counts since its start; all of the newer one after a reset. Pure. */
export function differenceOf(newer: Histogram, older: Histogram): Histogram {
  if (newer.count < older.count) return newer;
  const left = newer.buckets.map((bucket) => ({ ...bucket }));
  let at = 0;
  for (const old of older.buckets) {
    // Both ascend, so the one that holds it is not before the last one's.
    while (at < left.length && !contains(left[at], old)) at += 1;
    const bucket = bucketOf(left, at, old);
    if (!bucket || bucket.count < old.count) return newer;
    bucket.count -= old.count;
  }
  const sum = newer.sum === undefined || older.sum === undefined ? undefined : newer.sum - older.sum;
  // Since the start: of the values between the two points they are bounds.
  const { min, max } = newer;
  return { count: newer.count - older.count, sum, min, max, buckets: left.filter(({ count }) => count > 0) };
}

/** A bucket without width, or one of two bounds that are nearly the same, seems to lie in its neighbour too: the same bounds count first. */
function bucketOf<B extends HistogramBucket>(
  buckets: readonly B[],
  from: number,
  inner: HistogramBucket,
): B | undefined {
  for (let at = from; contains(buckets[at], inner); at += 1)
    if (buckets[at]?.lower === inner.lower && buckets[at]?.upper === inner.upper) return buckets[at];
  return buckets[from];
}

/** An exponential histogram that outgrows its scale merges buckets: the new ones hold the old ones whole. */
function contains(outer: HistogramBucket | undefined, inner: HistogramBucket): boolean {
  return (
    outer !== undefined &&
    (outer.lower <= inner.lower || isClose(outer.lower, inner.lower)) &&
    (outer.upper >= inner.upper || isClose(outer.upper, inner.upper))
  );
}

// An infinite bound is close to nothing but itself, which `<=` has seen.
const isClose = (a: number, b: number): boolean =>
  Number.isFinite(a - b) && Math.abs(a - b) <= SAME_BOUND * Math.max(Math.abs(a), Math.abs(b));

/**
 * A histogram as it is stored: each bucket's count is spread evenly over its bounds, as Prometheus's histogram_quantile
 * does, drawn in by the least and the greatest value where they are known. Pure.
 */
export function storedDistribution(histogram: Histogram): StoredDistribution {
  const sketch = createSketch();
  let min = Infinity;
  let max = -Infinity;
  let estimate = 0;
  const ranges: { lower: number; upper: number; count: number }[] = [];
  for (const bucket of histogram.buckets) {
    if (bucket.count === 0) continue;
    const [lower, upper] = rangeOf(bucket, histogram);
    ranges.push({ lower, upper, count: bucket.count });
    min = Math.min(min, lower);
    max = Math.max(max, upper);
    estimate += (bucket.count * lower) / 2 + (bucket.count * upper) / 2;
  }
  // The largest first: a sketch that grows upwards looks again and again whether its lowest bins are to go.
  ranges.sort((a, b) => magnitudeOf(b) - magnitudeOf(a));
  for (const { lower, upper, count } of ranges) spread(sketch, lower, upper, count);
  return { count: histogram.count, sum: histogram.sum ?? estimate, min, max, sketch: encodeSketch(sketch) };
}

const magnitudeOf = ({ lower, upper }: { lower: number; upper: number }): number =>
  Math.max(Math.abs(lower), Math.abs(upper));

/** A bucket's bounds, finite: an open one ends at the least or greatest value, else where it begins (histogram_quantile's rule). */
function rangeOf({ lower, upper }: HistogramBucket, { min = -Infinity, max = Infinity }: Histogram): [number, number] {
  const low = Math.max(lower, Math.min(min, upper));
  const high = Math.min(upper, Math.max(max, lower));
  if (Number.isFinite(low) && Number.isFinite(high)) return [low, high];
  if (Number.isFinite(low)) return [low, low];
  if (Number.isFinite(high)) return [Math.min(high, 0), high];
  return [0, 0];
}

/** Puts `count` values into the sketch, evenly between two bounds: value k of n lies at (k + ½) / n of the way. */
function spread(sketch: Sketch, lower: number, upper: number, count: number): void {
  // Halves, since the width of the widest range is more than a number can be.
  const halfWidth = upper / 2 - lower / 2;
  if (!(halfWidth > 0)) return void addToSketch(sketch, lower, count);
  if (count <= ONE_BY_ONE) {
    for (let k = 0; k < count; k += 1) {
      const share = (k + 0.5) / count;
      addToSketch(sketch, lower * (1 - share) + upper * share);
    }
    return;
  }
  // The same, a bin of the sketch at a time: as many as lie between the bin's bounds.
  const cells: [value: number, count: number][] = [];
  let placed = 0;
  let from = lower;
  for (const edge of edges(lower, upper, Math.max(LEAST, halfWidth / (2 * count)))) {
    const share = (edge / 2 - lower / 2) / halfWidth;
    const upTo = Math.min(count, Math.floor(count * share + 0.5));
    if (upTo > placed) cells.push([from / 2 + edge / 2, upTo - placed]);
    placed = Math.max(placed, upTo);
    from = edge;
  }
  cells.sort(([a], [b]) => Math.abs(b) - Math.abs(a));
  for (const [value, n] of cells) addToSketch(sketch, value, n);
}

/** The bounds of the sketch's bins between two numbers, ascending, and the upper number; those nearer to 0 than `least` are one. */
function* edges(lower: number, upper: number, least: number): Generator<number> {
  if (lower < 0) {
    const end = Math.max(least, -upper);
    for (let k = Math.ceil(Math.log(-lower) / LOG_GAMMA) - 1; GAMMA ** k > end; k -= 1) yield -(GAMMA ** k);
  }
  if (upper > 0) {
    const start = Math.max(least, lower);
    for (let k = Math.floor(Math.log(start) / LOG_GAMMA) + 1; GAMMA ** k < upper; k += 1) yield GAMMA ** k;
  }
  yield upper;
}
