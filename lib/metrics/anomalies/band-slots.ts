/** A series has at most one band in so long (judge-series.ts). */
export const BAND_MS = 300_000;
/** Series are looked at each five minutes: what was usual last stands for what is newer, so long at most. */
const CARRIED_MS = 600_000;

/**
 * The pieces of time that bands are read for: the buckets themselves, or five minutes each where those are shorter. Pure.
 * @param times start of each bucket, ascending, in ms @param end of the last one
 */
export function slotsOf(times: readonly number[], end: number): number[] {
  const [first = end] = times;
  const isFine = times.some((time, i) => i > 0 && time - (times[i - 1] ?? 0) < BAND_MS);
  if (!isFine) return [...times];
  const from = Math.floor(first / BAND_MS) * BAND_MS;
  return Array.from({ length: Math.max(1, Math.ceil((end - from) / BAND_MS)) }, (_, i) => from + i * BAND_MS);
}

/**
 * What is known of slots, for each bucket: that of the slot which the bucket begins in. Pure.
 * @param known by the slot's place @param now what begins later is a gap
 */
export function alignBands(
  times: readonly number[],
  slots: readonly number[],
  known: ReadonlyMap<number, number>,
  now: number,
): (number | null)[] {
  const newest = Math.max(...known.keys());
  const newestAt = slots[newest] ?? Number.NEGATIVE_INFINITY;
  let slot = 0;
  return times.map((time) => {
    while (slot + 1 < slots.length && (slots[slot + 1] ?? time) <= time) slot += 1;
    if (time > now) return null;
    const isNewer = slot > newest && time - newestAt <= CARRIED_MS;
    return known.get(isNewer ? newest : slot) ?? null;
  });
}
