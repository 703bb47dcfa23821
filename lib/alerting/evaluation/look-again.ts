import { FLAPPING } from "../decide-alert";
import type { Outcome } from "./apply-decision";

/** When the next alert falls due by itself: it would fire, resolve, or need not wait for its parents any more. Pure. */
export function lookAgainAt(outcomes: readonly Outcome[], now: Date): Date | null {
  const times = outcomes.flatMap(({ alert, rule }) => {
    if (alert.state === "pending") return [alert.pendingSince.getTime() + rule.forSeconds * 1000];
    if (alert.state !== "firing") return [];
    if (alert.clearSince) {
      const calmMs = alert.isFlapping ? FLAPPING.calmMs : 0;
      return [alert.clearSince.getTime() + Math.max(rule.keepFiringSeconds * 1000, calmMs)];
    }
    return alert.holdUntil && alert.holdUntil > now ? [alert.holdUntil.getTime()] : [];
  });
  // What is past due and did not move (nobody knows its state) waits for the minute's round: else it would be looked at all the time.
  const ahead = times.filter((time) => time > now.getTime());
  return ahead.length > 0 ? new Date(Math.min(...ahead)) : null;
}
