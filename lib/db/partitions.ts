import type { Pool } from "pg";

/** The tables that are range-partitioned by UTC day, with how long their rows are kept. */
export const PARTITIONED_TABLES = ["health_check_results", "system_metrics"] as const;

const DAY_MS = 86_400_000;
const AHEAD_DAYS = 3;

const dayOf = (time: Date): Date => new Date(Math.floor(time.getTime() / DAY_MS) * DAY_MS);
const nameOf = (table: string, day: Date): string => `${table}_${day.toISOString().slice(0, 10).replaceAll("-", "")}`;

/** The UTC day that a partition's name stands for, or undefined when it is no name of ours. */
export function dayOfPartition(name: string): Date | undefined {
  const digits = /_(\d{4})(\d{2})(\d{2})$/.exec(name);
  return digits ? new Date(`${digits[1]}-${digits[2]}-${digits[3]}T00:00:00Z`) : undefined;
}

/**
 * Makes the daily partitions of every partitioned table that are missing between two times (UTC days, both included).
 * Safe to run from several processes: one at a time holds an advisory lock.
 */
export async function makePartitions(sql: Pool, from: Date, to: Date): Promise<string[]> {
  const made: string[] = [];
  const client = await sql.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtext('watchkeeper.partitions'))");
    const { rows } = await client.query<{ name: string }>(
      "SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent WHERE p.relname = ANY($1)",
      [PARTITIONED_TABLES],
    );
    const existing = new Set(rows.map((row) => row.name));
    for (const table of PARTITIONED_TABLES) {
      for (let day = dayOf(from); day <= to; day = new Date(day.getTime() + DAY_MS)) {
        const name = nameOf(table, day);
        if (existing.has(name)) continue;
        const next = new Date(day.getTime() + DAY_MS);
        await client.query(
          `CREATE TABLE "${name}" PARTITION OF "${table}" FOR VALUES FROM ('${day.toISOString()}') TO ('${next.toISOString()}')`,
        );
        made.push(name);
      }
    }
    await client.query("COMMIT");
    return made;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** Makes today's partitions, yesterday's (late data) and those of the next days. */
export function makePartitionsAhead(sql: Pool, now: Date): Promise<string[]> {
  return makePartitions(sql, new Date(now.getTime() - DAY_MS), new Date(now.getTime() + AHEAD_DAYS * DAY_MS));
}

/**
 * Drops the partitions whose every row is older than the retention; nothing is deleted row by row.
 * @param retentionDays rows of the last so many days stay
 * @returns the names of the dropped partitions
 */
export async function dropPartitionsPast(sql: Pool, now: Date, retentionDays: number): Promise<string[]> {
  const oldestKept = dayOf(new Date(now.getTime() - retentionDays * DAY_MS));
  const { rows } = await sql.query<{ name: string }>(
    "SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent WHERE p.relname = ANY($1) ORDER BY 1",
    [PARTITIONED_TABLES],
  );
  const dropped: string[] = [];
  for (const { name } of rows) {
    const day = dayOfPartition(name);
    if (!day || day >= oldestKept) continue;
    await sql.query(`DROP TABLE IF EXISTS "${name}"`);
    dropped.push(name);
  }
  return dropped;
}
