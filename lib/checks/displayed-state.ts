import type { CheckStatus } from "./define-check";

/** What a card shows: the check's state, unless nobody knows it now. */
export const DISPLAYED_STATES = ["ok", "warning", "failed", "crashed", "paused", "stale", "unknown"] as const;
export type DisplayedState = (typeof DISPLAYED_STATES)[number];

/** A worker that was not seen for so long is silent: nobody is watching. */
export const WORKER_SILENT_AFTER_MS = 90_000;

/** How long a result of a check speaks for it. */
export function staleAfterMs(intervalSeconds: number): number {
  return Math.max(2 * intervalSeconds, intervalSeconds + 60) * 1000;
}

/** Is no worker watching? Pure. */
export function isWorkerSilent(now: Date, workerLastSeenAt: Date | null): boolean {
  return workerLastSeenAt === null || now.getTime() - workerLastSeenAt.getTime() > WORKER_SILENT_AFTER_MS;
}

/**
 * What to show of a check at `now`: never a state whose result is too old, or that no worker is watching. Pure.
 * @param workerLastSeenAt when any worker was last seen (lib/checks/worker-seen.ts); null: never
 */
export function stateOf(
  check: {
    status: CheckStatus | null;
    pausedAt: Date | null;
    lastResultAt: Date | null;
    intervalSeconds: number;
  },
  now: Date,
  workerLastSeenAt: Date | null,
): DisplayedState {
  if (check.pausedAt) return "paused";
  if (check.status === null || check.status === "skipped" || check.lastResultAt === null) return "unknown";
  if (isWorkerSilent(now, workerLastSeenAt)) return "stale";
  const age = now.getTime() - check.lastResultAt.getTime();
  return age > staleAfterMs(check.intervalSeconds) ? "stale" : check.status;
}
