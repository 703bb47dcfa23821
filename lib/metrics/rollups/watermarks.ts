import type { Pool } from "pg";
import { inTransaction } from "@/lib/db/in-transaction";

export const TIERS = ["hour", "day"] as const;
export type Tier = (typeof TIERS)[number];

export const TIER_MS: Record<Tier, number> = { hour: 3_600_000, day: 86_400_000 };

/** Samples of a bucket mostly are in so long after its end; what comes later leaves a mark and is added the minute after. */
const GRACE_MS = 60_000;

const bucketOf = (tier: Tier, ms: number): Date => new Date(Math.floor(ms / TIER_MS[tier]) * TIER_MS[tier]);

const ADVANCE = `
  WITH before AS (SELECT until FROM metric_rollup_watermarks WHERE tier = $1::rollup_tier AND until < $2 FOR UPDATE),
    noted AS (
      INSERT INTO metric_rollup_pending (tier, bucket_at)
      SELECT $1::rollup_tier, bucket FROM before, generate_series(before.until, $2 - $3::interval, $3::interval) AS bucket
      ON CONFLICT DO NOTHING
    )
  UPDATE metric_rollup_watermarks w SET until = $2 FROM before WHERE w.tier = $1::rollup_tier`;

/**
 * Closes the hours and days that have ended, and notes that they are to be computed. Writers hold the same lock while they
 * write (prisma/migrations, write_metric_samples): whoever wrote before is in the bucket, whoever writes after leaves a mark.
 */
export async function advanceWatermarks(sql: Pool, now: Date): Promise<void> {
  for (const tier of TIERS) {
    const until = bucketOf(tier, now.getTime() - GRACE_MS);
    const { rowCount } = await sql.query(
      "SELECT FROM metric_rollup_watermarks WHERE tier = $1::rollup_tier AND until < $2",
      [tier, until],
    );
    if (rowCount === 0) continue;
    await inTransaction(sql, async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtext('watchkeeper.rollups'))");
      await client.query(ADVANCE, [tier, until, `1 ${tier}`]);
    });
  }
}

const NOTE = `
  INSERT INTO metric_rollup_pending (tier, bucket_at)
  SELECT w.tier, bucket FROM metric_rollup_watermarks w,
    generate_series(date_trunc(w.tier::text, $1::timestamptz, 'UTC'), least($2::timestamptz, w.until) - interval '1 millisecond', ('1 ' || w.tier)::interval) AS bucket
  WHERE bucket < w.until ON CONFLICT (tier, bucket_at) DO UPDATE SET retry_at = NULL`;

/**
 * Has the closed buckets between two times computed anew: for whoever changed samples by SQL (the demo, a benchmark) and
 * not through writeSamples.
 */
export async function noteChangedSamples(sql: Pool, from: Date, to: Date): Promise<void> {
  await sql.query(NOTE, [from, to]);
}
