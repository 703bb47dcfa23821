const FIRST_MS = 200;
const MOST_MS = 15_000;
/** A process that lived so long was well: the next start need not wait for what happened before. */
const WELL_AFTER_MS = 30_000;

/**
 * How long to wait before a process that ended is started again: doubling while it keeps ending. Pure.
 * @param previousMs the wait before the start that just ended; 0 for the first one
 * @param aliveMs how long it lived
 */
export function nextBackoffMs(previousMs: number, aliveMs: number): number {
  if (previousMs === 0 || aliveMs >= WELL_AFTER_MS) return FIRST_MS;
  return Math.min(MOST_MS, previousMs * 2);
}
