import type { Pool } from "pg";
import { seriesHash } from "./series-hash";

/** What came longer before is no minute's difference any more. */
const WINDOW_SECONDS = 90;
/** Over a shorter time the moment of reading itself matters too much. */
const LEAST_SECONDS = 10;

export interface Previous {
  value: number;
  /** How long before the slot it was recorded. */
  ageSeconds: number;
}

const READ = `
  SELECT encode(s.hash, 'hex') AS hash, m.value, extract(epoch FROM $2::timestamptz - m.recorded_at)::float8 AS "ageSeconds"
  FROM metric_series s CROSS JOIN LATERAL (
    SELECT recorded_at, value FROM system_metrics
    WHERE series_id = s.id AND recorded_at >= $2::timestamptz - interval '${WINDOW_SECONDS} seconds'
      AND recorded_at <= $2::timestamptz - interval '${LEAST_SECONDS} seconds'
    ORDER BY recorded_at LIMIT 1
  ) m
  WHERE s.hash = ANY($1::bytea[])`;

/** The last recorded value of counters (unit count, no labels) before a slot; undefined where none is recent. */
export async function readPrevious(sql: Pool, names: readonly string[], slot: Date): Promise<(Previous | undefined)[]> {
  const hashes = names.map((name) => seriesHash({ name, unit: "count" }).toString("hex"));
  const { rows } = await sql.query<Previous & { hash: string }>(READ, [hashes.map((hash) => `\\x${hash}`), slot]);
  return hashes.map((hash) => rows.find((row) => row.hash === hash));
}
