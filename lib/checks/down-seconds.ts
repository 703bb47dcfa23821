import type { CheckStatus } from "./define-check";
import { nextSlot } from "./slots";

/**
 * For how many seconds a result says that its check was down: from its slot to the next due time, where it failed. Of a run
 * outside the schedule that finds a check still down, what the result before it said already, up to the next slot, is not
 * counted twice. Pure.
 */
export function downSecondsOf({
  check,
  status,
  nextDueAt,
}: {
  check: { id: string; intervalSeconds: number; scheduledAt: Date; consecutiveFailures: number };
  status: CheckStatus;
  nextDueAt: Date;
}): number {
  if (status !== "failed" && status !== "crashed") return 0;
  const { id, intervalSeconds, scheduledAt, consecutiveFailures } = check;
  const from =
    consecutiveFailures > 0 ? nextSlot(id, intervalSeconds, new Date(scheduledAt.getTime() - 1)) : scheduledAt;
  return Math.max(0, nextDueAt.getTime() - from.getTime()) / 1000;
}
