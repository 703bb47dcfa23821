import type { PoolClient } from "pg";
import { byteaArray, float8Array, int4Array } from "../writer/array-params";
import { mergeSketches, type Sketch, sumOf } from "../sketch";
import { decodeSketch, encodeSketch } from "../sketch-bytes";
import { type Tier, TIER_MS } from "./watermarks";

/** Series that are read at once: at a sample a minute a few MB of sketches. */
const CHUNK: Record<Tier, number> = { hour: 400, day: 20 };

interface Row {
  id: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  sketch: Buffer;
}

const LIST = `
  SELECT id FROM metric_series WHERE kind = 'distribution' AND ($1::int[] IS NULL OR id = ANY($1)) ORDER BY id`;

const READ = `
  SELECT series_id AS id, count::float8 AS count, sum, min, max, sketch FROM metric_distributions
  WHERE series_id = ANY($1::int[]) AND recorded_at >= $2 AND recorded_at < $3 ORDER BY series_id, recorded_at`;

const STORE = `
  INSERT INTO system_metric_rollups AS r (series_id, tier, bucket_at, count, sum, min, max, sketch)
  SELECT id, $1::rollup_tier, $2::timestamptz, count, sum, min, max, sketch
  FROM unnest($3::int[], $4::float8[], $5::float8[], $6::float8[], $7::float8[], $8::bytea[]) AS n(id, count, sum, min, max, sketch)
  ON CONFLICT (series_id, tier, bucket_at) DO UPDATE SET count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max,
    sketch = excluded.sketch
  WHERE (r.count, r.sum, r.min, r.max, r.sketch)
    IS DISTINCT FROM (excluded.count, excluded.sum, excluded.min, excluded.max, excluded.sketch)`;

/**
 * Computes one hour or day of distributions from their samples: counts add up, sketches merge.
 * @param series all where left out
 */
export async function computeDistributions(
  client: PoolClient,
  tier: Tier,
  bucket: Date,
  series?: readonly number[],
): Promise<void> {
  const end = new Date(bucket.getTime() + TIER_MS[tier]);
  const ids = (await client.query<{ id: number }>(LIST, [series ?? null])).rows.map(({ id }) => id);
  for (let at = 0; at < ids.length; at += CHUNK[tier]) {
    const { rows } = await client.query<Row>(READ, [ids.slice(at, at + CHUNK[tier]), bucket, end]);
    const merged = mergeRows(rows);
    if (merged.length === 0) continue;
    await client.query(STORE, [
      tier,
      bucket,
      int4Array(merged, ({ id }) => id),
      float8Array(merged, ({ count }) => count),
      float8Array(merged, ({ sum }) => sum),
      float8Array(merged, ({ min }) => min),
      float8Array(merged, ({ max }) => max),
      byteaArray(merged, ({ sketch }) => sketch),
    ]);
  }
}

/** @param rows by series and time: sums are taken in that order. Pure. */
export function mergeRows(rows: readonly Row[]): Row[] {
  const bySeries = new Map<number, Row[]>();
  for (const row of rows) {
    const same = bySeries.get(row.id);
    if (same) same.push(row);
    else bySeries.set(row.id, [row]);
  }
  return [...bySeries].map(([id, samples]) => ({
    id,
    count: samples.reduce((total, { count }) => sumOf(total, count), 0),
    sum: samples.reduce((total, { sum }) => total + sum, 0),
    min: samples.reduce((least, { min }) => Math.min(least, min), Infinity),
    max: samples.reduce((most, { max }) => Math.max(most, max), -Infinity),
    sketch: encodeSketch(mergeSketches(...samples.map(({ sketch }): Sketch => decodeSketch(sketch)))),
  }));
}
