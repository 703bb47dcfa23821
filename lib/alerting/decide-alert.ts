import { formatDuration } from "@/lib/core/format";
import type { Reading } from "./define-source";
import { type Severity, isWorse } from "./severity";

/** What is known of an open alert. */
export interface OpenAlert {
  state: "pending" | "firing";
  severity: Severity;
  pendingSince: Date;
  clearSince: Date | null;
  isFlapping: boolean;
}

export interface RuleTiming {
  severity: Severity;
  forSeconds: number;
  keepFiringSeconds: number;
}

/** What an evaluation does to an alert, and why. */
export type AlertDecision =
  | { to: "same"; reason: string }
  | { to: "pending"; reason: string }
  | { to: "firing"; severity: Severity; isFlapping: boolean; reason: string }
  /** It goes on firing: as it was, with another severity, or while its condition has been gone for a while. */
  | { to: "still-firing"; severity: Severity; clearSince: Date | null; reason: string }
  | { to: "resolved"; reason: string };

/** So many firings within so long are flapping; such an alert resolves only after it was calm for so long. */
export const FLAPPING = { firings: 4, withinMs: 3_600_000, calmMs: 900_000 } as const;

/**
 * Decides what a reading does to an alert: pending → firing → resolved, as Alertmanager and Prometheus know it. Pure.
 *
 * - The condition must hold for `forSeconds` before it fires, and be gone for `keepFiringSeconds` before it resolves.
 * - Between the limit and the clear limit an alert that fires goes on, and none begins.
 * - Where nobody knows (no data), what was stays: it neither fires nor resolves.
 * - One that fired four times within an hour is flapping: it stays firing until it has been calm for a quarter of an hour.
 *
 * @param current undefined: there is no open alert
 * @param reading undefined: the subject is gone
 * @param firings when it fired before
 */
export function decideAlert(
  current: OpenAlert | undefined,
  reading: Reading | undefined,
  rule: RuleTiming,
  firings: readonly Date[],
  now: Date,
): AlertDecision {
  const severity = reading?.severity ?? rule.severity;
  const holds = reading === undefined ? false : reading.holds;
  if (holds === null) return { to: "same", reason: "no data: what was stays" };
  if (!current) {
    if (!holds || reading?.isBetween) return { to: "same", reason: "all is well" };
    return rule.forSeconds === 0
      ? fire(severity, firings, now, "its condition holds")
      : { to: "pending", reason: "its condition holds" };
  }
  if (current.state === "pending") {
    if (!holds || reading?.isBetween) return { to: "resolved", reason: "it went away before it fired" };
    const heldMs = now.getTime() - current.pendingSince.getTime();
    if (heldMs < rule.forSeconds * 1000)
      return { to: "same", reason: `its condition holds for ${Math.floor(heldMs / 1000)} of ${rule.forSeconds} s` };
    return fire(severity, firings, now, `its condition has held for ${formatDuration(rule.forSeconds)}`);
  }
  if (holds) {
    const worst = isWorse(severity, current.severity) ? severity : current.severity;
    return { to: "still-firing", severity: worst, clearSince: null, reason: "it still holds" };
  }
  const gone = reading === undefined ? "what it was about is gone" : "the condition is gone";
  const clearSince = current.clearSince ?? now;
  const keepMs = Math.max(rule.keepFiringSeconds * 1000, current.isFlapping ? FLAPPING.calmMs : 0);
  if (now.getTime() - clearSince.getTime() >= keepMs) return { to: "resolved", reason: gone };
  return { to: "still-firing", severity: current.severity, clearSince, reason: `${gone}; it must stay so for a while` };
}

function fire(severity: Severity, firings: readonly Date[], now: Date, reason: string): AlertDecision {
  const recent = firings.filter((at) => now.getTime() - at.getTime() < FLAPPING.withinMs);
  return { to: "firing", severity, isFlapping: recent.length + 1 >= FLAPPING.firings, reason };
}
