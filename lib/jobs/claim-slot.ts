import type { Pool } from "pg";

/** A cron slot that this worker may run now. Its columns make every later statement of another holder miss. */
export interface ClaimedSlot {
  task: string;
  slot: Date;
  workerId: string;
  /** 1 for the first worker; each one that takes over from a dead one counts on. */
  attempt: number;
}

/** After so many workers died of it, a run is put aside as failed instead of killing the next one. */
const MAX_ATTEMPTS = 5;

// Leases are measured by the database's clock alone: the workers' own clocks may differ.
const LEASE_END = (seconds: string) => `now() + make_interval(secs => ${seconds}::float8)`;
const HELD = "task = $1 AND slot = $2 AND worker_id = $3 AND attempt = $4 AND status = 'running'";
const held = ({ task, slot, workerId, attempt }: ClaimedSlot) => [task, slot, workerId, attempt];

/**
 * Claims a cron slot: of all workers that ask for it, one gets it, once.
 * @returns undefined when another one has it or had it
 */
export async function claimSlot(
  sql: Pool,
  wanted: { task: string; slot: Date; workerId: string; leaseSeconds: number },
): Promise<ClaimedSlot | undefined> {
  const { task, slot, workerId, leaseSeconds } = wanted;
  const { rowCount } = await sql.query(
    `INSERT INTO job_runs (task, slot, worker_id, started_at, lease_until)
     VALUES ($1, $2, $3, now(), ${LEASE_END("$4")}) ON CONFLICT (task, slot) DO NOTHING`,
    [task, slot, workerId, leaseSeconds],
  );
  return rowCount === 1 ? { task, slot, workerId, attempt: 1 } : undefined;
}

/** Extends the lease of a run. @returns false when another worker has taken it over */
export async function renewSlot(sql: Pool, claimed: ClaimedSlot, leaseSeconds: number): Promise<boolean> {
  const { rowCount } = await sql.query(`UPDATE job_runs SET lease_until = ${LEASE_END("$5")} WHERE ${HELD}`, [
    ...held(claimed),
    leaseSeconds,
  ]);
  return rowCount === 1;
}

/** Stores how a run ended. @param error why it failed @returns false when another worker has taken it over */
export async function finishSlot(sql: Pool, claimed: ClaimedSlot, error?: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `UPDATE job_runs SET status = CASE WHEN $5::text IS NULL THEN 'done' ELSE 'failed' END::job_status, error = $5, finished_at = now() WHERE ${HELD}`,
    [...held(claimed), error ?? null],
  );
  return rowCount === 1;
}

/**
 * Takes over runs whose lease ended, their worker being dead or cut off; each goes to one worker.
 * @param leases the tasks that this worker knows, with the seconds of their leases
 */
export async function takeOverSlots(
  sql: Pool,
  wanted: { workerId: string; leases: ReadonlyMap<string, number>; limit?: number },
): Promise<ClaimedSlot[]> {
  const { workerId, leases, limit = 10 } = wanted;
  await sql.query(
    `UPDATE job_runs SET status = 'failed', finished_at = now(), error = 'every worker that ran it died: given up after ' || attempt || ' attempts'
     WHERE status = 'running' AND lease_until < now() AND attempt >= $1`,
    [MAX_ATTEMPTS],
  );
  const { rows } = await sql.query<{ task: string; slot: Date; attempt: number }>(
    `UPDATE job_runs r SET worker_id = $1, attempt = r.attempt + 1, started_at = now(), lease_until = ${LEASE_END("ended.seconds")}
     FROM (
       SELECT j.task, j.slot, known.seconds FROM job_runs j JOIN unnest($2::text[], $3::float8[]) AS known (task, seconds) USING (task)
       WHERE j.status = 'running' AND j.lease_until < now() ORDER BY j.slot LIMIT $4 FOR UPDATE OF j SKIP LOCKED
     ) ended
     WHERE r.task = ended.task AND r.slot = ended.slot RETURNING r.task, r.slot, r.attempt`,
    [workerId, [...leases.keys()], [...leases.values()], limit],
  );
  return rows.map((row) => ({ ...row, workerId }));
}
