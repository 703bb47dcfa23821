import type { Pool } from "pg";

const RUNS_KEPT_DAYS = 7;
const WORKERS_KEPT_DAYS = 1;

/** Deletes what only grows and nobody looks at again: old runs, and workers that were silent for a day. */
export async function pruneJobs(sql: Pool): Promise<{ runs: number; workers: number }> {
  const runs = await sql.query(
    "DELETE FROM job_runs WHERE slot < now() - make_interval(days => $1) AND status <> 'running'",
    [RUNS_KEPT_DAYS],
  );
  const workers = await sql.query("DELETE FROM workers WHERE last_seen_at < now() - make_interval(days => $1)", [
    WORKERS_KEPT_DAYS,
  ]);
  return { runs: runs.rowCount ?? 0, workers: workers.rowCount ?? 0 };
}
