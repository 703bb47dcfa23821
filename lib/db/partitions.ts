import type { Pool } from "pg";
import { inTransaction } from "./in-transaction";

type Unit = "day" | "month" | "year";

/** For how many days each kind of rows is kept. */
export interface RetentionDays {
  /** Samples and check results. */
  raw: number;
  /** Roll-ups of an hour. */
  hour: number;
  /** Roll-ups of a day. */
  day: number;
}

interface PartitionedTable {
  table: string;
  /** What one partition holds. */
  unit: Unit;
  kept: keyof RetentionDays;
  /** Of each partition. */
  storage?: string;
}

/**
 * The newest samples are read most, by index-only scans that look into the heap for each row that was not vacuumed yet:
 * autovacuum comes by each minute or so, and not when a fifth of the day has come in. It reads only what is new.
 */
const VACUUMED_OFTEN = "autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 2000";

/** The tables that are range-partitioned by time (UTC). */
const PARTITIONED_TABLES: readonly PartitionedTable[] = [
  { table: "health_check_results", unit: "day", kept: "raw" },
  { table: "system_metrics", unit: "day", kept: "raw", storage: VACUUMED_OFTEN },
  { table: "metric_distributions", unit: "day", kept: "raw" },
  { table: "metric_bands", unit: "day", kept: "raw" },
  { table: "error_events", unit: "day", kept: "raw" },
  { table: "log_lines", unit: "day", kept: "raw" },
  { table: "system_metric_rollups_hour", unit: "month", kept: "hour" },
  { table: "system_metric_rollups_day", unit: "year", kept: "day" },
];

const DAILY_TABLES = PARTITIONED_TABLES.filter(({ unit }) => unit === "day").map(({ table }) => table);
const DAY_MS = 86_400_000;
const AHEAD_DAYS = 3;
/** How much of 2026-11-25 names a partition. */
const NAME_LENGTH: Record<Unit, number> = { day: 10, month: 7, year: 4 };

/** The start of the UTC day, month or year that a time lies in, `ahead` of them later. */
function startOf(unit: Unit, time: Date, ahead = 0): Date {
  const [year, month, day] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()];
  if (unit === "year") return new Date(Date.UTC(year + ahead, 0));
  if (unit === "month") return new Date(Date.UTC(year, month + ahead));
  return new Date(Date.UTC(year, month, day + ahead));
}

const nameOf = (table: string, unit: Unit, start: Date): string =>
  `${table}_${start.toISOString().slice(0, NAME_LENGTH[unit]).replaceAll("-", "")}`;

/** The span that a partition's name stands for, or undefined when it is no name of ours. */
export function spanOfPartition(name: string): { from: Date; to: Date } | undefined {
  const [, year, month, day] = /_(\d{4})(\d{2})?(\d{2})?$/.exec(name) ?? [];
  if (year === undefined) return undefined;
  const unit = day ? "day" : month ? "month" : "year";
  const from = new Date(`${year}-${month ?? "01"}-${day ?? "01"}T00:00:00Z`);
  return { from, to: startOf(unit, from, 1) };
}

interface Partition {
  table: string;
  name: string;
}

const LIST = `
  SELECT p.relname AS "table", c.relname AS name FROM pg_inherits i
  JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
  WHERE p.relname = ANY($1) ORDER BY 2`;

/** The partitions there are of these tables (where left out: of all), by name. */
export async function listPartitions(
  sql: Pick<Pool, "query">,
  tables: readonly string[] = PARTITIONED_TABLES.map(({ table }) => table),
): Promise<Partition[]> {
  return (await sql.query<Partition>(LIST, [tables])).rows;
}

/**
 * Makes the partitions of every partitioned table that are missing between two times (UTC, both included); those of
 * roll-ups reach back as far as there are samples. Safe to run from several processes: one at a time holds an advisory lock.
 */
export async function makePartitions(sql: Pool, from: Date, to: Date): Promise<string[]> {
  return inTransaction(sql, async (client) => {
    const made: string[] = [];
    await client.query("SELECT pg_advisory_xact_lock(hashtext('watchkeeper.partitions'))");
    const existing = new Set((await listPartitions(client)).map(({ name }) => name));
    const days = await listPartitions(client, DAILY_TABLES);
    const oldest = days.map(({ name }) => spanOfPartition(name)?.from ?? from).reduce((a, b) => (a < b ? a : b), from);
    for (const { table, unit, storage } of PARTITIONED_TABLES) {
      let start = startOf(unit, unit === "day" ? from : oldest);
      for (; start <= to; start = startOf(unit, start, 1)) {
        const name = nameOf(table, unit, start);
        if (existing.has(name)) continue;
        const end = startOf(unit, start, 1);
        await client.query(
          `CREATE TABLE "${name}" PARTITION OF "${table}" FOR VALUES FROM ('${start.toISOString()}') TO ('${end.toISOString()}')${storage ? ` WITH (${storage})` : ""}`,
        );
        made.push(name);
      }
    }
    return made;
  });
}

/** Makes the partitions for today, for yesterday (late data) and for the next days. */
export function makePartitionsAhead(sql: Pool, now: Date): Promise<string[]> {
  return makePartitions(sql, new Date(now.getTime() - DAY_MS), new Date(now.getTime() + AHEAD_DAYS * DAY_MS));
}

/**
 * Drops the partitions whose every row is older than the retention; nothing is deleted row by row.
 * @param retention rows of the last so many days stay
 * @returns the names of the dropped partitions
 */
export async function dropPartitionsPast(sql: Pool, now: Date, retention: RetentionDays): Promise<string[]> {
  const keptDays = new Map(PARTITIONED_TABLES.map(({ table, kept }) => [table, retention[kept]]));
  const dropped: string[] = [];
  for (const { table, name } of await listPartitions(sql)) {
    const span = spanOfPartition(name);
    const oldestKept = startOf("day", new Date(now.getTime() - (keptDays.get(table) ?? Infinity) * DAY_MS));
    if (!span || !(span.to <= oldestKept)) continue;
    await sql.query(`DROP TABLE IF EXISTS "${name}"`);
    dropped.push(name);
  }
  return dropped;
}
