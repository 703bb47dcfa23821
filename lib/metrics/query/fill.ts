export const FILLS = ["null", "previous", "zero"] as const;
export type Fill = (typeof FILLS)[number];

/**
 * What stands where nothing was recorded: a gap (null), the value before (a gap before the first one), or 0. The buckets of
 * the future stay gaps. Pure.
 * @param past how many buckets have begun
 */
export function fillGaps(values: readonly (number | null)[], fill: Fill, past: number): (number | null)[] {
  if (fill === "null") return [...values];
  let previous: number | null = fill === "zero" ? 0 : null;
  return values.map((value, index) => {
    if (value !== null && fill === "previous") previous = value;
    return value ?? (index < past ? previous : null);
  });
}
