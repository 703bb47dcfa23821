import type { Histogram } from "./sample";
import { GAMMA } from "./sketch";

/**
 * How long requests take, kept as counts in the bins of lib/metrics/sketch.ts: any quantile is right to 1 % from a fixed
 * 4 kB, and a request costs one logarithm and one addition.
 */
const PER_LOG = 1 / Math.log(GAMMA);
/** 10 µs to 17 min; what lies outside counts as the nearest of the two. */
const MIN_MS = 0.01;
const MAX_MS = 1_000_000;
const OFFSET = Math.ceil(Math.log(MIN_MS) * PER_LOG);
const BUCKETS = Math.ceil(Math.log(MAX_MS) * PER_LOG) - OFFSET + 1;

export interface RequestSummary {
  requests: number;
  /** Those answered by 500 or above. */
  errors: number;
  /** Since the last collection, in ms by the monotonic clock. */
  elapsedMs: number;
  /** Nearest-rank quantiles of the durations in ms, right to 1 %; null without requests. */
  quantiles: { p50: number; p95: number; p99: number } | null;
  /** All durations in ms; null without requests. */
  durations: Histogram | null;
}

export interface RequestStats {
  /** Counts one finished request. Allocates nothing. */
  observe: (durationMs: number, status: number) => void;
  /** What was observed since the last call; starts anew. */
  collect: () => RequestSummary;
}

/** @param now monotonic milliseconds */
export function createRequestStats(now: () => number = () => performance.now()): RequestStats {
  const counts = new Uint32Array(BUCKETS);
  let requests = 0;
  let errors = 0;
  let totalMs = 0;
  let since = now();

  const quantile = (q: number): number => {
    let rank = Math.max(1, Math.ceil(q * requests));
    for (let i = 0; i < BUCKETS; i += 1) {
      rank -= counts[i] ?? 0;
      if (rank <= 0) return valueOf(i);
    }
    return MAX_MS;
  };

  return {
    observe: (durationMs, status) => {
      const index = durationMs > MIN_MS ? Math.ceil(Math.log(durationMs) * PER_LOG) - OFFSET : 0;
      const bucket = index < BUCKETS ? index : BUCKETS - 1;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      requests += 1;
      totalMs += durationMs > 0 && durationMs < MAX_MS ? durationMs : valueOf(bucket);
      if (status >= 500) errors += 1;
    },
    collect: () => {
      const at = now();
      const summary = {
        requests,
        errors,
        elapsedMs: at - since,
        quantiles: requests > 0 ? { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) } : null,
        durations: requests > 0 ? { count: requests, sum: totalMs, buckets: listBuckets(counts) } : null,
      };
      counts.fill(0);
      requests = 0;
      errors = 0;
      totalMs = 0;
      since = at;
      return summary;
    },
  };
}

/** The middle of a bucket in the sense of the relative error: its bounds are 1 % away on both sides. */
function valueOf(bucket: number): number {
  return (2 * GAMMA ** (bucket + OFFSET)) / (GAMMA + 1);
}

/**
 * The buckets that are not empty. Each is narrowed to its middle, which the sketch counts in the same bin: its very bounds
 * may be computed to the bin beside it.
 */
function listBuckets(counts: Uint32Array): Histogram["buckets"] {
  return [...counts].flatMap((count, bucket) => {
    const middle = valueOf(bucket);
    return count > 0 ? [{ lower: middle, upper: middle, count }] : [];
  });
}
