import type { PostgresSession } from "./postgres-session";

/** A worker writes that it lives every few seconds; past this it counts as gone. */
const GONE_AFTER_SECONDS = 90;

/**
 * For how long somebody has been working: the age in seconds of the oldest worker that is alive, by the given clock.
 * What is due every minute can't be expected of a worker that has just started. @returns undefined without a live worker
 */
export async function longestRunningWorker(query: PostgresSession["query"], now: Date): Promise<number | undefined> {
  const [row] = await query<{ startedAt: Date | null }>(
    `SELECT min(started_at) AS "startedAt" FROM workers WHERE last_seen_at > $1`,
    [new Date(now.getTime() - GONE_AFTER_SECONDS * 1000)],
  );
  return row?.startedAt ? Math.max(0, (now.getTime() - row.startedAt.getTime()) / 1000) : undefined;
}
