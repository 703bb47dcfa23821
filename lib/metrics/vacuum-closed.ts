import type { Pool } from "pg";
import { dayOfPartition } from "@/lib/db/partitions";

const DAY_MS = 86_400_000;
/** Samples of a day come in for a little while after its end. */
const LATE_MS = 600_000;

/**
 * Vacuums each day's partition of the samples once its day is over: only then does an index-only scan know that it need
 * not look into the heap. PostgreSQL itself remembers which are done: all pages of those are marked visible.
 * @returns the names of those vacuumed now
 */
export async function vacuumClosedPartitions(sql: Pool, now: Date): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'system_metrics'::regclass
       AND c.relallvisible < pg_relation_size(c.oid) / current_setting('block_size')::int
     ORDER BY 1`,
  );
  const vacuumed: string[] = [];
  for (const { name } of rows) {
    const day = dayOfPartition(name);
    if (!day || day.getTime() + DAY_MS + LATE_MS > now.getTime()) continue;
    // Nothing is written there any more: freezing now saves a second pass years later.
    await sql.query(`VACUUM (FREEZE, ANALYZE) "${name}"`);
    vacuumed.push(name);
  }
  return vacuumed;
}
