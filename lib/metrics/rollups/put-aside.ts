import type { PoolClient } from "pg";
import type { ComputeFailure } from "./compute-apart";
import type { Tier } from "./watermarks";

/** Tried again after 1, 2, 4, … minutes, at last each hour: what broke it may be mended. */
const FIRST_WAIT_MS = 60_000;
const MAX_WAIT_MS = 3_600_000;
const MAX_MESSAGE = 500;

/** An hour or day that could not be computed. */
export interface FailedBucket extends ComputeFailure {
  tier: Tier;
  at: Date;
  retryAt: Date;
}

const PUT_ASIDE = `
  INSERT INTO metric_rollup_pending (tier, bucket_at, failures, failure, retry_at) VALUES ($1::rollup_tier, $2, $3, $4, $5)
  ON CONFLICT (tier, bucket_at) DO UPDATE SET failures = excluded.failures, failure = excluded.failure, retry_at = excluded.retry_at`;

/** Notes that a bucket is to be computed later. Until then it counts as not computed, so it is read from its samples. */
export async function putAside(
  client: PoolClient,
  { tier, at, failures, now, ...failure }: ComputeFailure & { tier: Tier; at: Date; failures: number; now: Date },
): Promise<FailedBucket> {
  const retryAt = new Date(now.getTime() + Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** failures));
  await client.query(PUT_ASIDE, [tier, at, failures + 1, failure.message.slice(0, MAX_MESSAGE), retryAt]);
  return { tier, at, retryAt, ...failure };
}
