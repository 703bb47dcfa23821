/** Between two refreshes at least; a flip of a state waits no longer than that. */
export const FLIP_GAP_MS = 1_000;
/** Between two refreshes because of ordinary changes. */
export const CHANGE_GAP_MS = 5_000;
/** A page that heard of nothing is refreshed all the same, for the case that the stream is down. */
export const IDLE_MS = 10_000;
/** A hidden tab keeps only its title and icon right, and holds no connection: browsers allow few for each host. */
export const HIDDEN_MS = 60_000;

export type Wish = "none" | "change" | "flip";

/** How long to wait until the next refresh, in milliseconds. Pure. */
export function refreshDelay(wish: Wish, hidden: boolean, sinceLastMs: number): number {
  const gap = hidden ? HIDDEN_MS : wish === "flip" ? FLIP_GAP_MS : wish === "change" ? CHANGE_GAP_MS : IDLE_MS;
  return Math.max(gap - sinceLastMs, 0);
}

/** What a message of /api/v1/stream asks for; anything that is not understood counts as a change. Pure. */
export function wishOf(data: unknown): Wish {
  try {
    const change: unknown = typeof data === "string" ? JSON.parse(data) : undefined;
    if (typeof change !== "object" || change === null) return "change";
    const urgent =
      ("flip" in change && change.flip === true) ||
      ("topic" in change && (change.topic === "all" || change.topic === "worker"));
    return urgent ? "flip" : "change";
  } catch {
    return "change";
  }
}
