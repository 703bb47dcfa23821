import type { PostgresSession } from "../postgres-session";

/** What a pg-boss 10 schema says, by the database's own clock. */
export interface QueueFacts {
  /** Due, and taken by no worker yet. */
  pending: number;
  active: number;
  /** Given up within the asked time; retries under way don't count. */
  failedJobs: number;
  /** null when none waits. */
  oldestSeconds: number | null;
  /** Since the last heartbeat job was finished; null: never. */
  heartbeatSeconds: number | null;
  /** Since the heartbeat queue was made; null: there is none. */
  queueSeconds: number | null;
}

/**
 * Reads job counts and ages from pg-boss's tables (node_modules/pg-boss/src/plans.js).
 * @param schema a checked name: it becomes part of the statement
 * @returns undefined when the schema has no tables of pg-boss 10
 */
export async function readQueue(
  query: PostgresSession["query"],
  {
    schema,
    heartbeatQueue,
    failedWithinMinutes,
  }: { schema: string; heartbeatQueue: string; failedWithinMinutes: number },
): Promise<QueueFacts | undefined> {
  const quoted = `"${schema}"`;
  const [tables] = await query<{ found: boolean }>(
    "SELECT to_regclass($1) IS NOT NULL AND to_regclass($2) IS NOT NULL AS found",
    [`${quoted}.job`, `${quoted}.queue`],
  );
  if (!tables?.found) return undefined;
  // pg-boss's own queues (its schedules) are not the work of anybody, as for the recorder (lib/metrics/recorders/queue.ts).
  // Waiting jobs have a partial index; finished ones leave the table after some hours by pg-boss's own maintenance.
  const [facts] = await query<QueueFacts>(
    `WITH jobs AS NOT MATERIALIZED (
       SELECT state, start_after, completed_on FROM ${quoted}.job WHERE name NOT LIKE '\\_\\_pgboss\\_\\_%'
     ), waiting AS (
       SELECT start_after FROM jobs WHERE state < 'active' AND start_after <= now()
     ), heartbeat AS (
       SELECT coalesce(
         (SELECT max(completed_on) FROM ${quoted}.job WHERE name = $1 AND state = 'completed'),
         (SELECT max(completed_on) FROM ${quoted}.archive WHERE name = $1 AND state = 'completed')
       ) AS at
     )
     SELECT (SELECT count(*) FROM waiting)::int AS pending,
            (SELECT count(*) FROM jobs WHERE state = 'active')::int AS active,
            (SELECT count(*) FROM jobs
              WHERE state = 'failed' AND completed_on > now() - make_interval(mins => $2))::int AS "failedJobs",
            (SELECT extract(epoch FROM now() - min(start_after)) FROM waiting)::float8 AS "oldestSeconds",
            (SELECT extract(epoch FROM now() - at) FROM heartbeat)::float8 AS "heartbeatSeconds",
            (SELECT extract(epoch FROM now() - created_on) FROM ${quoted}.queue WHERE name = $1)::float8 AS "queueSeconds"`,
    [heartbeatQueue, failedWithinMinutes],
  );
  return facts;
}
