import { Pool } from "pg";
import { makePartitions } from "@/lib/db/partitions";
import { migrate } from "@/lib/db/migrate";
import { vacuumClosedPartitions } from "@/lib/metrics/vacuum-closed";

export const METRIC = "bench_load";
export const PROCESSES = 10;
export const REGIONS = 10;
const DAY_MS = 86_400_000;

/** What a series' value is at a time: a wave of about a day with noise that is the same each time. In SQL, over n and t. */
const VALUE = `round((50 + 20 * sin(n + extract(epoch FROM t)::float8 / 13750) + (hashint8(extract(epoch FROM t)::bigint * 1000 + n) & 1023) / 100.0)::numeric, 2)::float8`;

/** The labels of series n, from 1: hosts of so many processes, in regions. */
export function labelsOf(n: number): Record<string, string> {
  const host = Math.floor((n - 1) / PROCESSES);
  return { host: `h${host}`, process: `p${(n - 1) % PROCESSES}`, region: `r${host % REGIONS}` };
}

export interface BenchRange {
  from: Date;
  /** "Now": the samples end here, in the middle of an hour. */
  to: Date;
  series: number;
}

/** The UTC days of a range, as starts. */
export function daysOf({ from, to }: BenchRange): Date[] {
  const days: Date[] = [];
  for (let at = Math.floor(from.getTime() / DAY_MS) * DAY_MS; at < to.getTime(); at += DAY_MS) days.push(new Date(at));
  return days;
}

const clamp = (value: number, least: number, most: number) =>
  new Date(Math.min(Math.max(value, least), most)).toISOString();

/**
 * Fills a database with a sample a minute of each series, day by day. A day is filled, indexed, vacuumed and attached: what
 * it is in the product once it is over. The last day is vacuumed before its last minutes come in, as autovacuum does there
 * (lib/db/partitions.ts).
 * @param atOnce days side by side
 */
export async function buildDatabase(url: string, range: BenchRange, atOnce = 2): Promise<void> {
  await migrate(url, process.cwd());
  const sql = new Pool({ connectionString: url, max: atOnce });
  // The database is stopped right after: a connection may notice that before it has closed.
  sql.on("error", () => undefined);
  try {
    await makePartitions(sql, range.from, new Date(range.to.getTime() + DAY_MS));
    await sql.query(
      `INSERT INTO metric_series (name, unit, metadata, hash)
       SELECT $1, 'percent', l, sha256(n::text::bytea) FROM unnest($2::jsonb[]) WITH ORDINALITY AS s(l, n)`,
      [METRIC, Array.from({ length: range.series }, (_, i) => JSON.stringify(labelsOf(i + 1)))],
    );
    const days = daysOf(range);
    let lastMinutes = "";
    for (const day of days) await sql.query(`DROP TABLE ${partitionOf(day)}`);
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let day = days.shift(); day; day = days.shift())
          lastMinutes = (await buildDay(sql, day, range)) || lastMinutes;
      }),
    );
    // Not before all days are there: while a transaction is open, rows that came after its start stay unseen by a vacuum.
    await sql.query(`VACUUM ${partitionOf(range.to)}`);
    await sql.query(lastMinutes);
    await rollUp(sql, range);
    await vacuumClosedPartitions(sql, range.to);
    await sql.query("VACUUM (FREEZE, ANALYZE) metric_series");
  } finally {
    await sql.end();
  }
}

const partitionOf = (day: Date) => `system_metrics_${day.toISOString().slice(0, 10).replaceAll("-", "")}`;

/** @returns the statement for the last minutes of the last day, which comes when that day has been vacuumed; "" for other days */
async function buildDay(sql: Pool, day: Date, { from, to, series }: BenchRange): Promise<string> {
  const table = partitionOf(day);
  const end = new Date(day.getTime() + DAY_MS);
  const insert = (since: string, until: string) => `
    INSERT INTO ${table} SELECT n, t, ${VALUE}
    FROM generate_series('${since}'::timestamptz, '${until}'::timestamptz - interval '1 minute', interval '1 minute') t, generate_series(1, ${series}) n`;
  const first = clamp(day.getTime(), from.getTime(), to.getTime());
  const last = clamp(end.getTime(), from.getTime(), to.getTime());
  const isLast = end > to;
  const cut = isLast ? clamp(to.getTime() - 300_000, Date.parse(first), to.getTime()) : last;
  const client = await sql.connect();
  try {
    // Made and filled in one transaction: with wal_level minimal nothing is written twice.
    await client.query("BEGIN");
    await client.query(`CREATE TABLE ${table} (LIKE system_metrics)`);
    await client.query(
      `ALTER TABLE ${table} ADD CHECK (recorded_at >= '${day.toISOString()}' AND recorded_at < '${end.toISOString()}')`,
    );
    await client.query(insert(first, cut));
    await client.query(`ALTER TABLE ${table} ADD PRIMARY KEY (series_id, recorded_at) INCLUDE (value)`);
    await client.query("COMMIT");
    await client.query(isLast ? `VACUUM (ANALYZE) ${table}` : `VACUUM (FREEZE, ANALYZE) ${table}`);
    await client.query(
      `ALTER TABLE system_metrics ATTACH PARTITION ${table} FOR VALUES FROM ('${day.toISOString()}') TO ('${end.toISOString()}')`,
    );
    return isLast ? insert(cut, last) : "";
  } finally {
    client.release();
  }
}

/** Rolls up all closed hours and days, in the order of time, as the worker would have done hour by hour. */
async function rollUp(sql: Pool, range: BenchRange): Promise<void> {
  const columns = `count(*), sum(value), min(value), max(value),
    (min(ARRAY[extract(epoch FROM recorded_at)::float8, value]))[2], (max(ARRAY[extract(epoch FROM recorded_at)::float8, value]))[2]`;
  for (const day of daysOf(range)) {
    const end = new Date(Math.min(day.getTime() + DAY_MS, Math.floor(range.to.getTime() / 3_600_000) * 3_600_000));
    await sql.query(
      `INSERT INTO system_metric_rollups (series_id, tier, bucket_at, count, sum, min, max, first, last)
       SELECT series_id, 'hour', date_trunc('hour', recorded_at, 'UTC') AS hour, ${columns} FROM ${partitionOf(day)}
       WHERE recorded_at < $1 GROUP BY 1, 3 ORDER BY hour, series_id`,
      [end],
    );
  }
  await sql.query(
    `INSERT INTO system_metric_rollups (series_id, tier, bucket_at, count, sum, min, max)
     SELECT series_id, 'day', date_trunc('day', bucket_at, 'UTC'), sum(count), sum(sum), min(min), max(max)
     FROM system_metric_rollups_hour WHERE bucket_at < date_trunc('day', $1::timestamptz, 'UTC') GROUP BY 1, 3 ORDER BY 3, 1`,
    [range.to],
  );
  await sql.query("TRUNCATE metric_rollup_pending");
  await sql.query("UPDATE metric_rollup_watermarks SET until = date_trunc(tier::text, $1::timestamptz, 'UTC')", [
    range.to,
  ]);
}
