import type { Pool } from "pg";
import { listPartitions, spanOfPartition } from "@/lib/db/partitions";

/** Samples come in, and roll-ups are computed, for a little while after the end of a partition's time. */
const LATE_MS = 600_000;

const TABLES = [
  "system_metrics",
  "metric_distributions",
  "system_metric_rollups_hour",
  "system_metric_rollups_day",
] as const;

const UNCLEAN = `
  SELECT relname AS name FROM pg_class
  WHERE relname = ANY($1) AND relkind = 'r' AND relallvisible < pg_relation_size(oid) / current_setting('block_size')::int
  ORDER BY 1`;

/**
 * Vacuums what charts are read from: only then does an index-only scan know that it need not look into the heap. Samples
 * once their day is over; roll-ups also before, since their month or year takes so long. PostgreSQL itself remembers
 * which are done: all pages of those are marked visible.
 * @returns the names of those vacuumed now
 */
export async function vacuumClosedPartitions(sql: Pool, now: Date): Promise<string[]> {
  const names = (await listPartitions(sql, TABLES)).map(({ name }) => name);
  const { rows } = await sql.query<{ name: string }>(UNCLEAN, [names]);
  const vacuumed: string[] = [];
  for (const { name } of rows) {
    const span = spanOfPartition(name);
    if (!span) continue;
    const isClosed = span.to.getTime() + LATE_MS <= now.getTime();
    if (!isClosed && !name.includes("rollups")) continue;
    // Hardly anything is written to a closed one any more: freezing now saves a second pass years later.
    await sql.query(`VACUUM (${isClosed ? "FREEZE, " : ""}ANALYZE) "${name}"`);
    vacuumed.push(name);
  }
  return vacuumed;
}
