import type { PoolClient } from "pg";
import { type Tier, TIER_MS } from "./watermarks";

/**
 * Sums of numbers this large are more than a number can be, which PostgreSQL takes for an error that would stop the roll-up
 * of every series: they count as infinite.
 */
const CLAMPED = "CASE WHEN abs(value) < 1e300 THEN value ELSE sign(value) * 'Infinity'::float8 END";

/**
 * One series after another by its own range of the index: the key begins with the series, and a scan by time alone would read
 * the whole day for each of its hours. Everything in the order of time, so that sums come out the same to the last digit
 * whenever they are computed.
 */
const COMPUTE = `
  INSERT INTO system_metric_rollups AS r (series_id, tier, bucket_at, count, sum, min, max, first, last, increase)
  SELECT s.id, $1::rollup_tier, $2, b.count, b.sum, b.min, b.max, b.first, b.last, CASE WHEN s.kind = 'counter' THEN b.increase END
  FROM metric_series s
  CROSS JOIN LATERAL (
    SELECT count(*) AS count, sum(v ORDER BY recorded_at) AS sum, min(value) AS min, max(value) AS max,
      min(value) FILTER (WHERE before IS NULL) AS first, min(value) FILTER (WHERE after IS NULL) AS last,
      coalesce(sum(CASE WHEN v >= before THEN v - before ELSE v END ORDER BY recorded_at) FILTER (WHERE before IS NOT NULL), 0) + 0 AS increase
    FROM (
      SELECT recorded_at, value, ${CLAMPED} AS v, lag(${CLAMPED}) OVER w AS before, lead(value) OVER w AS after
      FROM system_metrics WHERE series_id = s.id AND recorded_at >= $2 AND recorded_at < $3
      WINDOW w AS (ORDER BY recorded_at)
    ) AS samples
  ) AS b
  WHERE s.kind <> 'distribution' AND ($4::int[] IS NULL OR s.id = ANY($4)) AND b.count > 0
  ON CONFLICT (series_id, tier, bucket_at) DO UPDATE SET count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max,
    first = excluded.first, last = excluded.last, increase = excluded.increase
  WHERE (r.count, r.sum, r.min, r.max, r.first, r.last, r.increase)
    IS DISTINCT FROM (excluded.count, excluded.sum, excluded.min, excluded.max, excluded.first, excluded.last, excluded.increase)`;

/**
 * Computes one hour or day of gauges, counters and deltas from their samples.
 * @param series all where left out
 */
export async function computeValues(
  client: PoolClient,
  tier: Tier,
  bucket: Date,
  series?: readonly number[],
): Promise<void> {
  await client.query(COMPUTE, [tier, bucket, new Date(bucket.getTime() + TIER_MS[tier]), series ?? null]);
}
