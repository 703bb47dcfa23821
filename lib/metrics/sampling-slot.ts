const MINUTE_MS = 60_000;
/** A reading this late is no longer that minute's. */
const MAX_LATE_MS = 10_000;

/** The next full minute after a time. Pure. */
export function nextSlot(now: Date): Date {
  return new Date((Math.floor(now.getTime() / MINUTE_MS) + 1) * MINUTE_MS);
}

export type SlotDecision =
  | { action: "record"; reason: "on time" }
  | { action: "wait"; reason: "woke early"; ms: number }
  | { action: "skip"; reason: "woke late"; lateMs: number };

/** What to do when the timer for a slot woke up: a timer may be early by a millisecond, and late by a night's sleep. Pure. */
export function decideSlot(slot: Date, now: Date): SlotDecision {
  const lateMs = now.getTime() - slot.getTime();
  if (lateMs < 0) return { action: "wait", reason: "woke early", ms: -lateMs };
  if (lateMs > MAX_LATE_MS) return { action: "skip", reason: "woke late", lateMs };
  return { action: "record", reason: "on time" };
}
