import type { Pool, PoolClient } from "pg";
import { resolveSeries } from "@/lib/metrics/series";
import type { DemoOutage } from "./demo-outages";
import { type DemoSeries, demoSeries } from "./demo-series";
import { IS_DEMO } from "./is-demo";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const CLEAR = `
  DELETE FROM system_metrics WHERE ${IS_DEMO("recorded_at")}
    AND series_id IN (SELECT id FROM metric_series WHERE name = ANY($1::text[]))`;

/** The first real sample of each series, if any: the demo ends where it begins. */
const FIRST_REAL = `
  SELECT s.id, extract(epoch FROM m.recorded_at)::float8 * 1000 AS ms FROM unnest($1::int[]) AS s(id)
  CROSS JOIN LATERAL (SELECT recorded_at FROM system_metrics WHERE series_id = s.id ORDER BY recorded_at LIMIT 1) m`;

const INSERT = `
  INSERT INTO system_metrics (series_id, recorded_at, value)
  SELECT s.id, t + interval '1 millisecond', CASE WHEN s.whole THEN floor(v.value + 0.5) ELSE v.value END
  FROM generate_series($1::timestamptz, $2::timestamptz - interval '1 minute', interval '1 minute') AS t
  CROSS JOIN LATERAL (SELECT extract(epoch FROM t)::float8 AS e, extract(isodow FROM t AT TIME ZONE 'UTC') >= 6 AS weekend) c
  CROSS JOIN LATERAL (SELECT (1 - cos(2 * pi() * (c.e / 86400 - 3.0 / 24))) / 2 * CASE WHEN c.weekend THEN 0.45 ELSE 1 END AS busy) b
  CROSS JOIN unnest($3::int[], $4::float8[], $5::float8[], $6::float8[], $7::float8[], $8::float8[], $9::float8[], $10::float8[], $11::float8[], $12::float8[], $13::bool[])
    AS s(id, until, base, daily, noise, wander, trend, saw, spike, max, whole)
  CROSS JOIN LATERAL (SELECT least(s.max, greatest(0,
      s.base + s.daily * b.busy
      + s.noise * 1.4 * (random() + random() + random() - 1.5)
      + s.wander * (sin(c.e / 5400 + s.id) + sin(c.e / 1733 + 2 * s.id)) / 2
      + s.trend * (c.e - $14::float8) / 86400
      + s.saw * ((c.e - s.id * 77)::bigint % 900) / 900.0
      + CASE WHEN random() < 0.0033 THEN s.spike * random() ELSE 0 END
    )) AS value) v
  WHERE c.e * 1000 < s.until`;

/** At the height of an outage, with a few minutes of rise and fall. */
const APPLY_OUTAGE = `
  WITH hit AS (
    SELECT d.series_id, d.recorded_at, e.factor, e.add, e.max,
      least(1, extract(epoch FROM d.recorded_at - $1::timestamptz) / 240, extract(epoch FROM $2::timestamptz - d.recorded_at) / 240)::float8 AS height
    FROM unnest($3::int[], $4::float8[], $5::float8[], $6::float8[]) AS e(id, factor, add, max)
    JOIN system_metrics d ON d.series_id = e.id AND d.recorded_at >= $1 AND d.recorded_at < $2 AND ${IS_DEMO("recorded_at")}
  )
  UPDATE system_metrics m
  SET value = least(hit.max, greatest(0, m.value * (1 + (hit.factor - 1) * hit.height) + hit.add * hit.height * (0.9 + 0.2 * random())))
  FROM hit
  WHERE m.series_id = hit.series_id AND m.recorded_at = hit.recorded_at AND m.recorded_at >= $1 AND m.recorded_at < $2`;

interface Placed extends DemoSeries {
  id: number;
  /** Milliseconds since 1970 that the demo's samples end before. */
  until: number;
}

/**
 * Fills a sample a minute into every series of the demo, up to where real samples begin; samples of an earlier demo go.
 * @param range full days' partitions must exist for it
 * @returns how many were written
 */
export async function seedSamples(
  sql: Pool,
  { from, now }: { from: Date; now: Date },
  outages: readonly DemoOutage[],
  onDay: (done: number, total: number) => void,
): Promise<{ series: number; samples: number }> {
  const series = demoSeries();
  const ids = await resolveSeries(sql, series);
  const end = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const client = await sql.connect();
  try {
    await client.query(CLEAR, [[...new Set(series.map(({ name }) => name))]]);
    const { rows } = await client.query<{ id: number; ms: number }>(FIRST_REAL, [ids]);
    const firstReal = new Map(rows.map(({ id, ms }) => [id, ms]));
    const placed = series.map((one, i): Placed => {
      const id = ids[i] ?? 0;
      return { ...one, id, until: Math.min(end, firstReal.get(id) ?? end) };
    });
    await client.query("SELECT setseed(0.42)");
    const samples = await insertDays(client, placed, from, new Date(end), onDay);
    for (const outage of outages) await applyOutage(client, placed, outage);
    return { series: series.length, samples };
  } finally {
    client.release();
  }
}

async function insertDays(
  client: PoolClient,
  series: readonly Placed[],
  from: Date,
  end: Date,
  onDay: (done: number, total: number) => void,
) {
  const total = Math.ceil((end.getTime() - from.getTime()) / DAY_MS);
  let samples = 0;
  for (let day = 0; day < total; day += 1) {
    const start = new Date(from.getTime() + day * DAY_MS);
    const stop = new Date(Math.min(end.getTime(), start.getTime() + DAY_MS));
    const column = (pick: (one: Placed) => number | undefined) => series.map((one) => pick(one) ?? 0);
    const { rowCount } = await client.query(INSERT, [
      start,
      stop,
      column(({ id }) => id),
      column(({ until }) => until),
      column(({ base }) => base),
      column(({ daily }) => daily),
      column(({ noise }) => noise),
      column(({ wander }) => wander),
      column(({ trend }) => trend),
      column(({ saw }) => saw),
      column(({ spike }) => spike),
      series.map(({ max }) => max ?? Number.MAX_VALUE),
      series.map(({ whole }) => whole ?? false),
      from.getTime() / 1000,
    ]);
    samples += rowCount ?? 0;
    onDay(day + 1, total);
  }
  return samples;
}

async function applyOutage(
  client: PoolClient,
  series: readonly Placed[],
  { from, to, effects }: DemoOutage,
): Promise<void> {
  const hit = series.flatMap(({ id, name, max }) =>
    effects
      .filter(({ metric }) => metric === name)
      .map(({ factor, add }) => ({ id, factor: factor ?? 1, add: add ?? 0, max: max ?? Number.MAX_VALUE })),
  );
  await client.query(APPLY_OUTAGE, [
    from,
    to,
    hit.map(({ id }) => id),
    hit.map(({ factor }) => factor),
    hit.map(({ add }) => add),
    hit.map(({ max }) => max),
  ]);
}
