import type { CheckStatus } from "./define-check";

/** What is known of a check before its newest result. */
export interface PreviousState {
  /** null: not decided yet. */
  status: CheckStatus | null;
  consecutiveFailures: number;
}

export interface StateDecision {
  /** null: still not decided (the first failures of a new check, fewer than its threshold). */
  state: CheckStatus | null;
  consecutiveFailures: number;
  /** The state is another one than before. */
  flipped: boolean;
  /** Why, for logs and tests: "failed 2 of 3 times in a row". */
  reason: string;
}

const isFailure = (status: CheckStatus | null): boolean => status === "failed" || status === "crashed";

/**
 * Decides a check's state from its newest result. Pure.
 *
 * - `failed` and `crashed` results count: the state follows them from the failureThreshold-th in a row on, and until then
 *   stays what it was. A new check has no state (null, grey) until then: neither green nor red would be true.
 * - `ok` and `warning` apply at once, and end the row of failures. A warning is the check's own word that it nearly fails:
 *   waiting for a second one would hide it, and it must never hold a red card red.
 * - `skipped` says nothing: state and count stay.
 */
export function decideState(previous: PreviousState, result: CheckStatus, failureThreshold: number): StateDecision {
  const decide = (state: CheckStatus | null, consecutiveFailures: number, reason: string): StateDecision => ({
    state,
    consecutiveFailures,
    flipped: state !== previous.status,
    reason,
  });
  if (result === "skipped") return decide(previous.status, previous.consecutiveFailures, "skipped: nothing was learnt");
  if (!isFailure(result)) return decide(result, 0, `${result} applies at once`);
  const failures = previous.consecutiveFailures + 1;
  const counted = `${result} ${Math.min(failures, failureThreshold)} of ${failureThreshold} times in a row`;
  // A check that is down stays down, also when its threshold was raised meanwhile.
  if (failures >= failureThreshold || isFailure(previous.status)) return decide(result, failures, counted);
  return decide(previous.status, failures, `${counted}: the state stays`);
}
