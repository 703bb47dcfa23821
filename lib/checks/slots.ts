/**
 * Slots of many checks meet on a grid of so many ms: the process wakes up once for several of them, which halves what a check
 * costs (bench/checks.ts), and few enough start together that they don't slow each other's answers down.
 */
export const SLOT_GRID_MS = 1_000;

/**
 * Where in its interval a check falls due, in ms: the same for all time, another one for each check, so that many checks
 * with one interval spread evenly over it (FNV-1a of the id).
 */
function phaseMs(checkId: string, intervalMs: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < checkId.length; index++) {
    hash = Math.imul(hash ^ checkId.charCodeAt(index), 0x01000193);
  }
  return ((hash >>> 0) % (intervalMs / SLOT_GRID_MS)) * SLOT_GRID_MS;
}

/**
 * The first due slot of a check after a time, on its fixed grid: a slow or late run does not move the ones after it. Pure.
 */
export function nextSlot(checkId: string, intervalSeconds: number, after: Date): Date {
  const intervalMs = intervalSeconds * 1000;
  const phase = phaseMs(checkId, intervalMs);
  const past = Math.floor((after.getTime() - phase) / intervalMs);
  return new Date((past + 1) * intervalMs + phase);
}
