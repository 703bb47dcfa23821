import type { Pool, PoolClient } from "pg";
import { inTransaction } from "@/lib/db/in-transaction";
import { computeApart } from "./compute-apart";
import { putAside, type FailedBucket } from "./put-aside";
import { advanceWatermarks, type Tier, TIER_MS } from "./watermarks";

/** Marks that are worked off in one transaction. */
const MARKS_AT_ONCE = 20_000;

/** What a call did. */
export interface RollUpSummary {
  /** Hours and days that had ended. */
  buckets: number;
  /** Hours and days of single series that got a sample late. */
  late: number;
  /** Hours and days that could not be computed, at least not for every series: they are tried again later. */
  failed: FailedBucket[];
}

/**
 * Brings the roll-ups up to date: closes what has ended, computes it, and computes again what got samples late. Always from
 * the samples, so a roll-up is what a recomputation gives to the last digit. Each bucket is one transaction: killed in the
 * middle, it is done by the next call. Several at the same time take turns. A bucket that fails is put aside and told of;
 * the others go on, and meanwhile it is read from its samples.
 * @throws when the database is away
 */
export async function rollUp(sql: Pool, now: Date, signal?: AbortSignal): Promise<RollUpSummary> {
  await advanceWatermarks(sql, now);
  const summary: RollUpSummary = { buckets: 0, late: 0, failed: [] };
  const mayGoOn = () => signal?.aborted !== true;
  while (mayGoOn()) {
    const next = await inTurn(sql, (client) => computeNextPending(client, now));
    if (!next) break;
    if (next.failed) summary.failed.push(next.failed);
    else summary.buckets += 1;
  }
  while (mayGoOn()) {
    const { computed, failed } = await inTurn(sql, (client) => computeMarked(client, now));
    summary.late += computed;
    summary.failed.push(...failed);
    if (computed === 0 && failed.length === 0) break;
  }
  return summary;
}

/**
 * Runs a piece of work in a transaction, one at a time over all processes. The lock comes first: what is read after it is
 * newer than all that whoever held it before has read, so nothing newer is ever written over.
 */
function inTurn<T>(sql: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(sql, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('watchkeeper.rollup-turn'))");
    return work(client);
  });
}

/** The newest first: it is what people look at. @returns undefined when there is none */
async function computeNextPending(
  client: PoolClient,
  now: Date,
): Promise<{ failed: FailedBucket | undefined } | undefined> {
  const { rows } = await client.query<{ tier: Tier; at: Date; failures: number }>(
    `DELETE FROM metric_rollup_pending WHERE (tier, bucket_at) =
       (SELECT tier, bucket_at FROM metric_rollup_pending WHERE retry_at IS NULL OR retry_at <= $1 ORDER BY tier, bucket_at DESC LIMIT 1)
     RETURNING tier, bucket_at AS at, failures`,
    [now],
  );
  const [next] = rows;
  if (!next) return undefined;
  const failure = await computeApart(client, next.tier, next.at);
  return { failed: failure && (await putAside(client, { ...next, ...failure, now })) };
}

/** @returns how many hours and days of series were computed */
async function computeMarked(client: PoolClient, now: Date): Promise<{ computed: number; failed: FailedBucket[] }> {
  // Before the marks: a day that is closed after this is computed as a whole, later.
  const { rows: watermarks } = await client.query<{ until: Date }>(
    "SELECT until FROM metric_rollup_watermarks WHERE tier = 'day'",
  );
  const closedDays = watermarks[0]?.until.getTime() ?? Number.NEGATIVE_INFINITY;
  const { rows } = await client.query<{ id: number; hour: Date }>(
    `DELETE FROM metric_rollup_marks WHERE id IN (SELECT id FROM metric_rollup_marks ORDER BY id LIMIT $1)
     RETURNING series_id AS id, hour`,
    [MARKS_AT_ONCE],
  );
  const hours = groupByBucket(rows, "hour");
  const days = groupByBucket(
    rows.filter(({ hour }) => hour.getTime() < closedDays),
    "day",
  );
  let computed = 0;
  const failed: FailedBucket[] = [];
  for (const [tier, buckets] of [["hour", hours] as const, ["day", days] as const]) {
    for (const [ms, series] of buckets) {
      const at = new Date(ms);
      const failure = await computeApart(client, tier, at, [...series]);
      if (failure) failed.push(await putAside(client, { tier, at, failures: 0, ...failure, now }));
      else computed += series.size;
    }
  }
  return { computed, failed };
}

function groupByBucket(marks: readonly { id: number; hour: Date }[], tier: Tier): Map<number, Set<number>> {
  const groups = new Map<number, Set<number>>();
  for (const { id, hour } of marks) {
    const bucket = Math.floor(hour.getTime() / TIER_MS[tier]) * TIER_MS[tier];
    const series = groups.get(bucket);
    if (series) series.add(id);
    else groups.set(bucket, new Set([id]));
  }
  return groups;
}
