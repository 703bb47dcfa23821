import { formatDuration } from "@/lib/core/format";
import type { DetectorState } from "./detector";

/** A series is late after so many of its usual intervals … */
const LATE_INTERVALS = 5;
/** … and at least so many seconds, so that a restart of what sends it is not missing data. */
const LATE_SECONDS = 120;
/** Points from which the usual interval is trusted. */
const LEAST_POINTS = 10;

export interface Lateness {
  late: boolean;
  /** Since the latest point. */
  silentSeconds: number;
  /** How long it may be silent; null while too little is known. */
  allowedSeconds: number | null;
  /** "No sample for 12 min; usual every 1 min"; null when it is not late. */
  reason: string | null;
}

/** Whether a series is late, measured by its own usual interval. Pure; takes `now`. */
export function latenessOf(state: DetectorState, now: Date): Lateness {
  const silentSeconds = Math.max(0, now.getTime() / 1000 - state.latest);
  if (state.points < LEAST_POINTS || state.interval <= 0)
    return { late: false, silentSeconds: state.first === null ? 0 : silentSeconds, allowedSeconds: null, reason: null };
  const allowedSeconds = Math.max(LATE_SECONDS, LATE_INTERVALS * state.interval);
  const late = silentSeconds > allowedSeconds;
  const reason = `No sample for ${formatDuration(silentSeconds)}; usual every ${formatDuration(state.interval)}`;
  return { late, silentSeconds, allowedSeconds, reason: late ? reason : null };
}
