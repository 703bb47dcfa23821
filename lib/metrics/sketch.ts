/**
 * A mergeable summary of many values from which every quantile is right to 1 %: DDSketch (https://arxiv.org/abs/1908.10693).
 * Values are counted in bins whose bounds grow by 2 %. Each sign keeps the bins from its largest magnitude down to one
 * 6·10¹⁷ times smaller; what is smaller still counts in the last of them. That depends on the values alone and not on
 * their order, so merging is exact: in whatever order sketches are merged, the result is that of all their values.
 */
export interface Sketch {
  /** How many values. */
  count: number;
  zero: number;
  positive: Bins;
  negative: Bins;
}

interface Bins {
  counts: Map<number, number>;
  /** The largest index; -Infinity while empty. */
  top: number;
  /** The least index; Infinity while empty. */
  low: number;
}

export const RELATIVE_ERROR = 0.01;
/** A bin's upper bound over its lower one. */
export const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const PER_LOG = 1 / Math.log(GAMMA);
/** Most bins of each sign. */
export const MAX_BINS = 2_048;
/** Magnitudes below are zero: smaller than anything that is measured, and a bound for the index. */
const LEAST = 1e-200;
/** Where counts stop: of what is more, whole numbers can't tell one from the next, and sums would depend on their order. */
const MOST = Number.MAX_SAFE_INTEGER;

const emptyBins = (): Bins => ({
  counts: new Map(),
  top: Number.NEGATIVE_INFINITY,
  low: Number.POSITIVE_INFINITY,
});

export function createSketch(): Sketch {
  return { count: 0, zero: 0, positive: emptyBins(), negative: emptyBins() };
}

/**
 * Counts a value. Changes the sketch. Counts stop at 2^53 - 1.
 * @param value a finite number @param count how often, a whole number above 0
 * @throws RangeError when the value or the count is no such number
 */
export function addToSketch(sketch: Sketch, value: number, count = 1): void {
  if (!Number.isFinite(value)) throw new RangeError(`a sketch counts finite numbers, and not ${value}`);
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`a sketch can't count a value ${count} times`);
  sketch.count = sumOf(sketch.count, count);
  const magnitude = Math.abs(value);
  if (magnitude < LEAST) sketch.zero = sumOf(sketch.zero, count);
  else addToBins(value > 0 ? sketch.positive : sketch.negative, Math.ceil(Math.log(magnitude) * PER_LOG), count);
}

/** Two counts added up. */
export const sumOf = (a: number, b: number): number => Math.min(MOST, a + b);

function addToBins(bins: Bins, index: number, count: number): void {
  const kept = Math.max(index, bins.top - MAX_BINS + 1);
  bins.counts.set(kept, sumOf(bins.counts.get(kept) ?? 0, count));
  bins.low = Math.min(bins.low, kept);
  if (kept <= bins.top) return;
  bins.top = kept;
  if (bins.low < kept - MAX_BINS + 1) collapse(bins);
}

/** Moves what lies below the lowest bin that is kept into it. */
function collapse(bins: Bins): void {
  const lowest = bins.top - MAX_BINS + 1;
  let moved = 0;
  for (const [index, count] of bins.counts) {
    if (index >= lowest) continue;
    bins.counts.delete(index);
    moved = sumOf(moved, count);
  }
  bins.counts.set(lowest, sumOf(bins.counts.get(lowest) ?? 0, moved));
  bins.low = lowest;
}

/** The sketch of all values of these. Changes none of them. */
export function mergeSketches(...sketches: readonly Sketch[]): Sketch {
  const merged = createSketch();
  for (const sketch of sketches) {
    merged.count = sumOf(merged.count, sketch.count);
    merged.zero = sumOf(merged.zero, sketch.zero);
    for (const sign of ["positive", "negative"] as const)
      for (const [index, count] of sketch[sign].counts) addToBins(merged[sign], index, count);
  }
  return merged;
}

/**
 * A quantile by nearest rank, right to 1 % of its value.
 * @param q from 0 to 1 @returns null for an empty sketch
 */
export function quantileOf(sketch: Sketch, q: number): number | null {
  if (sketch.count === 0) return null;
  let rank = Math.min(sketch.count, Math.max(1, Math.ceil(q * sketch.count)));
  const negative = sortedBins(sketch.negative);
  for (let i = negative.length - 1; i >= 0; i -= 1) {
    const [index, count] = negative[i] ?? [0, 0];
    rank -= count;
    if (rank <= 0) return -middleOf(index);
  }
  rank -= sketch.zero;
  if (rank <= 0) return 0;
  for (const [index, count] of sortedBins(sketch.positive)) {
    rank -= count;
    if (rank <= 0) return middleOf(index);
  }
  return middleOf(sketch.positive.top);
}

/** A bin's value that is 1 % away from both of its bounds. */
const middleOf = (index: number): number =>
  // The last bin's upper bound is more than a number can be.
  Math.min(Number.MAX_VALUE, GAMMA ** (index - 1) * ((2 * GAMMA) / (GAMMA + 1)));

/** The bins of one sign as [index, count], the smallest magnitude first. Bin i holds magnitudes in (GAMMA^(i-1), GAMMA^i]. */
export function sortedBins({ counts }: Bins): [index: number, count: number][] {
  return [...counts].sort(([a], [b]) => a - b);
}
