import { bucketsOf, bucketTimes } from "../buckets";
import { localDay, startOfLocalDay } from "./local-days";

const DAY_SECONDS = 86_400;
const DAY_MS = 86_400_000;

/** The buckets of one query: what is read, and under which times it is shown. All in ms. */
export interface TimeGrid {
  /** Start of each bucket that is read, and the end of the last one: one more than there are buckets. */
  bounds: readonly number[];
  /** Samples before this are read. */
  to: number;
  /** Undefined where buckets are days of a time zone, which are not equally long. */
  stepMs: number | undefined;
  /** Start of each bucket as it is shown: later than what is read by the offset. */
  shown: readonly number[];
}

export interface GridInput {
  from: Date;
  to: Date;
  stepSeconds: number;
  /** IANA name: steps of whole days are then days there. */
  timezone: string | undefined;
  /** Read what was so many seconds before. */
  offsetSeconds: number;
}

/** Lays out the buckets. Those of days in a time zone are moved back by days of the calendar, so that they stay its days. Pure. */
export function layGrid({ from, to, stepSeconds, timezone, offsetSeconds }: GridInput): TimeGrid {
  const offsetMs = offsetSeconds * 1000;
  const end = to.getTime() - offsetMs;
  if (timezone !== undefined && stepSeconds % DAY_SECONDS === 0) {
    const days = localBounds(timezone, from, to, stepSeconds / DAY_SECONDS, 0);
    const isWholeDays = offsetSeconds % DAY_SECONDS === 0;
    const bounds = isWholeDays
      ? localBounds(timezone, from, to, stepSeconds / DAY_SECONDS, offsetSeconds / DAY_SECONDS)
      : days.map((ms) => ms - offsetMs);
    const lastShown = days.at(-1) ?? 0;
    const last = bounds.at(-1) ?? end;
    // A whole last day stays whole, though the one before had an hour more or less.
    return {
      bounds,
      to: to.getTime() >= lastShown ? last : Math.min(end, last),
      stepMs: undefined,
      shown: days.slice(0, -1),
    };
  }
  const buckets = bucketsOf(from, to, stepSeconds);
  const shown = bucketTimes(buckets).map((time) => time.getTime());
  const first = (shown[0] ?? end) - offsetMs;
  const stepMs = stepSeconds * 1000;
  return { bounds: Array.from({ length: buckets.count + 1 }, (_, i) => first + i * stepMs), to: end, stepMs, shown };
}

/** How many days of a time zone, `perBucket` together, a range touches, at most. */
export function countLocalBuckets(from: Date, to: Date, perBucket: number): number {
  return Math.ceil((to.getTime() - from.getTime()) / DAY_MS / perBucket) + 1;
}

/** Starts of the buckets that the range touches, and the end of the last; whole multiples of days since 1970 of the local calendar. */
function localBounds(zone: string, from: Date, to: Date, perBucket: number, daysBack: number): number[] {
  const first = Math.floor(localDay(zone, from.getTime()) / perBucket) * perBucket;
  const last = localDay(zone, to.getTime() - 1);
  const count = Math.floor((last - first) / perBucket) + 1;
  return Array.from({ length: count + 1 }, (_, i) => startOfLocalDay(zone, first + i * perBucket - daysBack));
}
