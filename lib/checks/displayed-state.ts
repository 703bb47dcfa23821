import type { CheckStatus } from "./define-check";
import type { Watch } from "./watch";

/** What a card shows: the check's state, unless nobody knows it now, or it is planned that it may be anything. */
export const DISPLAYED_STATES = [
  "ok",
  "warning",
  "failed",
  "crashed",
  "maintenance",
  "paused",
  "stale",
  "unknown",
] as const;
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
 * What to show of a check at `now`: never a state whose result is too old, or that no worker is watching; in a maintenance
 * window that, whatever the state. Pure.
 */
export function stateOf(
  check: {
    id: string;
    status: CheckStatus | null;
    pausedAt: Date | null;
    lastResultAt: Date | null;
    intervalSeconds: number;
  },
  now: Date,
  { workerLastSeenAt, maintained }: Watch,
): DisplayedState {
  if (check.pausedAt) return "paused";
  if (maintained.has(check.id)) return "maintenance";
  if (check.status === null || check.status === "skipped" || check.lastResultAt === null) return "unknown";
  if (isWorkerSilent(now, workerLastSeenAt)) return "stale";
  const age = now.getTime() - check.lastResultAt.getTime();
  return age > staleAfterMs(check.intervalSeconds) ? "stale" : check.status;
}
