/** How long something took, over several incidents; null where there is none. In seconds. */
export interface Spread {
  /** Of so many incidents. */
  count: number;
  median: number | null;
  p90: number | null;
}

/**
 * A quantile as PostgreSQL's percentile_cont has it: between two values it lies on the line from one to the other. Pure.
 * @param sorted ascending, seconds @param share 0 to 1
 */
export function quantile(sorted: readonly number[], share: number): number | null {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return null;
  // To the millisecond, as the times themselves: what is beyond comes of binary fractions.
  return Math.round((below + (above - below) * (position - Math.floor(position))) * 1000) / 1000;
}

/** Median and p90 of what is known; null is not. Pure. */
export function spreadOf(values: readonly (number | null)[]): Spread {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return { count: known.length, median: quantile(known, 0.5), p90: quantile(known, 0.9) };
}
