import type { Pool } from "pg";
import type { JudgedSeries } from "./judge-series";

/**
 * Stores what a look at some series found, all of it or nothing. A series that somebody else took on meanwhile (two workers,
 * one of them slow) is left out: its state has moved.
 */
const STORE = `
  WITH seen AS (
    SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::timestamptz[], $4::float8[], $5::text[])
      AS seen(series_id, before_at, latest_at, latest_value, state)
  ), kept AS (
    INSERT INTO metric_anomaly_states AS known (series_id, latest_at, latest_value, state)
    SELECT series_id, latest_at, latest_value, state FROM seen ORDER BY series_id
    ON CONFLICT (series_id) DO UPDATE SET latest_at = excluded.latest_at, latest_value = excluded.latest_value, state = excluded.state
      WHERE known.latest_at = (SELECT before_at FROM seen WHERE seen.series_id = known.series_id)
    RETURNING series_id
  ), bands AS (
    INSERT INTO metric_bands (series_id, recorded_at, low, high)
    SELECT b.* FROM unnest($6::int[], $7::timestamptz[], $8::real[], $9::real[]) AS b(series_id, recorded_at, low, high)
    JOIN kept USING (series_id) ON CONFLICT DO NOTHING
  )
  INSERT INTO metric_anomalies (series_id, at, score, kind, value, low, middle, high, reason)
  SELECT a.* FROM unnest($10::int[], $11::timestamptz[], $12::float8[], $13::text[], $14::float8[], $15::float8[], $16::float8[], $17::float8[], $18::text[])
    AS a(series_id, at, score, kind, value, low, middle, high, reason)
  JOIN kept USING (series_id) ON CONFLICT DO NOTHING`;

/** @param befores by series: the latest point of the state that the look went on from; null where there was none */
export async function storeJudged(
  sql: Pool,
  judged: readonly JudgedSeries[],
  befores: ReadonlyMap<number, Date | null>,
): Promise<number> {
  if (judged.length === 0) return 0;
  const anomalies = judged.flatMap((one) => one.anomalies);
  const bands = judged.flatMap((one) => one.bands).filter(({ low, high }) => isReal(low) && isReal(high));
  const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;
  const { rowCount } = await sql.query({
    name: "store-judged",
    text: STORE,
    values: [
      judged.map((one) => one.seriesId),
      judged.map((one) => iso(befores.get(one.seriesId))),
      judged.map((one) => iso(one.latestAt)),
      judged.map((one) => one.latestValue),
      judged.map((one) => one.state),
      bands.map((band) => band.seriesId),
      bands.map((band) => iso(band.at)),
      bands.map((band) => band.low),
      bands.map((band) => band.high),
      anomalies.map((one) => one.seriesId),
      anomalies.map((one) => iso(one.at)),
      anomalies.map((one) => one.score),
      anomalies.map((one) => one.kind),
      anomalies.map((one) => one.value),
      anomalies.map((one) => one.low),
      anomalies.map((one) => one.middle),
      anomalies.map((one) => one.high),
      anomalies.map((one) => one.reason),
    ],
  });
  return rowCount ?? 0;
}

/** PostgreSQL's `real` holds no more. */
const isReal = (value: number): boolean => Math.abs(value) < 3e38;
