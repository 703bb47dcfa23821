import type { Context } from "@/lib/core/context";
import type { MetricKind } from "@/lib/metrics/sample";
import { decodeSketch } from "@/lib/metrics/sketch-bytes";

interface StoredSeries {
  metadata: Record<string, string | number | boolean>;
  kind: MetricKind;
  unit: string;
}

/** The values that are stored under a name, by labels and time. */
export async function storedValues(context: Context, name: string) {
  const { rows } = await context.sql.query<StoredSeries & { at: Date; value: number }>(
    `SELECT s.metadata, s.kind, s.unit, m.recorded_at AS at, m.value FROM system_metrics m JOIN metric_series s ON s.id = m.series_id
     WHERE s.name = $1 ORDER BY s.metadata::text, m.recorded_at`,
    [name],
  );
  return rows;
}

/** The distributions that are stored under a name, by labels and time. */
export async function storedDistributions(context: Context, name: string) {
  const { rows } = await context.sql.query<
    StoredSeries & { at: Date; count: number; sum: number; min: number; max: number; sketch: Buffer }
  >(
    `SELECT s.metadata, s.kind, s.unit, d.recorded_at AS at, d.count::float8, d.sum, d.min, d.max, d.sketch
     FROM metric_distributions d JOIN metric_series s ON s.id = d.series_id
     WHERE s.name = $1 ORDER BY s.metadata::text, d.recorded_at`,
    [name],
  );
  return rows.map((row) => ({ ...row, sketch: decodeSketch(row.sketch) }));
}
