import type { Pool } from "pg";
import { type Buckets, bucketTimes } from "./buckets";

export const AGGREGATES = ["avg", "min", "max", "sum", "count", "last"] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export interface MetricPoint {
  /** Start of the bucket. */
  at: Date;
  /** null: nothing was recorded then, which is a gap and not a zero. */
  value: number | null;
}

export interface ReadSeries {
  id: number;
  agg: Aggregate;
}

const AGGREGATE_SQL: Record<Aggregate, string> = {
  avg: "avg(value)",
  min: "min(value)",
  max: "max(value)",
  sum: "sum(value)",
  count: "count(*)::float8",
  // Arrays compare by their first element, here the time: the newest one's value, without sorting.
  last: "(max(ARRAY[extract(epoch FROM recorded_at)::float8, value]))[2]",
};

/**
 * The statement that reads series of one aggregate ($1 numbers, $2 from, $3 to, $4 step): for each series one range scan
 * of the covering primary key, so that the heap of closed partitions is never touched.
 */
export function readStatement(agg: Aggregate): string {
  return `
    SELECT s.id, (extract(epoch FROM b.bucket) * 1000)::float8 AS ms, b.value
    FROM unnest($1::int[]) AS s(id)
    CROSS JOIN LATERAL (
      SELECT date_bin($4::interval, m.recorded_at, 'epoch'::timestamptz) AS bucket, ${AGGREGATE_SQL[agg]} AS value
      FROM system_metrics m
      WHERE m.series_id = s.id AND m.recorded_at >= $2::timestamptz AND m.recorded_at < $3::timestamptz
      GROUP BY 1
    ) b`;
}

/**
 * Reads series in buckets.
 * @returns the points of each series, in the order given; a bucket without a sample has the value null
 */
export async function readSeries(
  sql: Pool,
  series: readonly ReadSeries[],
  buckets: Buckets,
  to: Date,
): Promise<MetricPoint[][]> {
  const times = bucketTimes(buckets);
  const stepMs = buckets.stepSeconds * 1000;
  const points = series.map(() => times.map((at): MetricPoint => ({ at, value: null })));
  const aggregates = [...new Set(series.map(({ agg }) => agg))];
  await Promise.all(
    aggregates.map(async (agg) => {
      const places = new Map<number, number[]>();
      series.forEach((one, i) => {
        if (one.agg === agg) places.set(one.id, [...(places.get(one.id) ?? []), i]);
      });
      const { rows } = await sql.query<{ id: number; ms: number; value: number }>(readStatement(agg), [
        [...places.keys()],
        buckets.first,
        to,
        `${buckets.stepSeconds} seconds`,
      ]);
      for (const row of rows) {
        const bucket = Math.round((row.ms - buckets.first.getTime()) / stepMs);
        for (const place of places.get(row.id) ?? []) {
          const point = points[place]?.[bucket];
          if (point) point.value = row.value;
        }
      }
    }),
  );
  return points;
}
