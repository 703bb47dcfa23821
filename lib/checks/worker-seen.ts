import type { Pool } from "pg";

/** When any worker was last seen; null when there never was one. */
export async function getWorkerLastSeenAt(context: { sql: Pick<Pool, "query"> }): Promise<Date | null> {
  const { rows } = await context.sql.query<{ at: Date | null }>("SELECT max(last_seen_at) AS at FROM workers");
  return rows[0]?.at ?? null;
}
