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
}

export const RELATIVE_ERROR = 0.01;
/** A bin's upper bound over its lower one. */
export const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const PER_LOG = 1 / Math.log(GAMMA);
/** Most bins of each sign. */
export const MAX_BINS = 2_048;
/** Magnitudes below are zero: smaller than anything that is measured, and a bound for the index. */
const LEAST = 1e-200;

const emptyBins = (): Bins => ({ counts: new Map(), top: Number.NEGATIVE_INFINITY });

export function createSketch(): Sketch {
  return { count: 0, zero: 0, positive: emptyBins(), negative: emptyBins() };
}

/**
 * Counts a value. Changes the sketch.
 * @param value a finite number @param count how often, a whole number above 0
 */
export function addToSketch(sketch: Sketch, value: number, count = 1): void {
  sketch.count += count;
  const magnitude = Math.abs(value);
  if (magnitude < LEAST) sketch.zero += count;
  else addToBins(value > 0 ? sketch.positive : sketch.negative, Math.ceil(Math.log(magnitude) * PER_LOG), count);
}

function addToBins(bins: Bins, index: number, count: number): void {
  const lowest = bins.top - MAX_BINS + 1;
  const kept = index < lowest ? lowest : index;
  bins.counts.set(kept, (bins.counts.get(kept) ?? 0) + count);
  if (kept <= bins.top) return;
  bins.top = kept;
  collapse(bins);
}

/** Moves what lies below the lowest bin that is kept into it. */
function collapse({ counts, top }: Bins): void {
  const lowest = top - MAX_BINS + 1;
  // Fewer bins than are kept may still span more: only then is there something to look for.
  let moved = 0;
  for (const [index, count] of counts) {
    if (index >= lowest) continue;
    counts.delete(index);
    moved += count;
  }
  if (moved > 0) counts.set(lowest, (counts.get(lowest) ?? 0) + moved);
}

/** The sketch of all values of these. Changes none of them. */
export function mergeSketches(...sketches: readonly Sketch[]): Sketch {
  const merged = createSketch();
  for (const sketch of sketches) {
    merged.count += sketch.count;
    merged.zero += sketch.zero;
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
const middleOf = (index: number): number => (2 * GAMMA ** index) / (GAMMA + 1);

/** The bins of one sign as [index, count], the smallest magnitude first. Bin i holds magnitudes in (GAMMA^(i-1), GAMMA^i]. */
export function sortedBins({ counts }: Bins): [index: number, count: number][] {
  return [...counts].sort(([a], [b]) => a - b);
}
