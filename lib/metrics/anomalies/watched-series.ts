import type { Pool } from "pg";
import { decodeSketch } from "../sketch-bytes";
import { quantileOf } from "../sketch";
import type { Labels, MetricKind } from "../sample";

/** A series that is watched, with what is new in it. */
export interface WatchedSeries {
  id: number;
  name: string;
  unit: string;
  kind: MetricKind;
  metadata: Labels;
  /** As serializeState made it; null for a series that was never looked at. */
  state: string | null;
  latestAt: Date | null;
  latestValue: number | null;
  /** Points after latestAt, in order. */
  at: Date[];
  values: number[];
}

interface Row extends Omit<WatchedSeries, "values"> {
  values: (number | null)[];
  sketches: (Buffer | null)[];
}

/**
 * Reads each series' points since it was last looked at: a range of the index for each, and nothing twice.
 * A distribution's points are its 95th percentiles.
 * @param after series with a higher number than this @param until points before this
 */
export async function readWatchedSeries(
  sql: Pool,
  { after, limit, pointsEach, until }: { after: number; limit: number; pointsEach: number; until: Date },
): Promise<WatchedSeries[]> {
  const { rows } = await sql.query<Row>({
    name: "read-watched-series",
    text: `
      SELECT s.id, s.name, s.unit, s.kind::text AS kind, s.metadata, st.state, st.latest_at AS "latestAt", st.latest_value AS "latestValue",
        p.at, p.values, p.sketches
      FROM metric_series s LEFT JOIN metric_anomaly_states st ON st.series_id = s.id
      CROSS JOIN LATERAL (
        SELECT array_agg(at ORDER BY at) AS at, array_agg(value ORDER BY at) AS values, array_agg(sketch ORDER BY at) AS sketches
        FROM (
          (SELECT recorded_at AS at, value, NULL::bytea AS sketch FROM system_metrics
           WHERE s.kind <> 'distribution' AND series_id = s.id AND recorded_at > coalesce(st.latest_at, '-infinity') AND recorded_at < $4::timestamptz
           ORDER BY recorded_at LIMIT $3)
          UNION ALL
          (SELECT recorded_at, NULL, sketch FROM metric_distributions
           WHERE s.kind = 'distribution' AND series_id = s.id AND recorded_at > coalesce(st.latest_at, '-infinity') AND recorded_at < $4::timestamptz
           ORDER BY recorded_at LIMIT $3)
        ) fresh
      ) p
      WHERE s.anomalies_watched AND s.id > $1
      ORDER BY s.id LIMIT $2`,
    values: [after, limit, pointsEach, until],
  });
  return rows.map(({ sketches, ...row }) => {
    const values = (row.values ?? []).map((value, i) => value ?? p95Of(sketches[i]));
    return { ...row, at: row.at ?? [], values };
  });
}

function p95Of(sketch: Buffer | null | undefined): number {
  return (sketch && quantileOf(decodeSketch(sketch), 0.95)) ?? Number.NaN;
}
