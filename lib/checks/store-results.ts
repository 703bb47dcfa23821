import type { Context } from "@/lib/core/context";
import { downSecondsOf } from "./down-seconds";
import { markMaintenance } from "./mark-maintenance";
import { query } from "./query";
import type { FinishedRun } from "./run-claimed";

/**
 * Stores a batch of runs by one statement, so all of it or nothing: the results, the checks' states and next due times,
 * the days' counts and downtimes, and one notification for all. A run whose lease was lost meanwhile (taken over, edited, run by hand,
 * deleted) is left out: whoever holds the check now speaks for it. That makes each slot stored exactly once.
 * @returns how many were stored
 */
export async function storeResults(
  context: Pick<Context, "sql" | "now">,
  runs: readonly FinishedRun[],
): Promise<number> {
  if (runs.length === 0) return 0;
  const [row] = await query<{ stored: number }>(
    context.sql,
    "store-check-results",
    STORE,
    toColumns(await markMaintenance(context, runs)),
  );
  return row?.stored ?? 0;
}

const STORE = `
  WITH run AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::float8[], $6::check_status[],
      $7::check_status[], $8::text[], $9::text[], $10::jsonb[], $11::int[], $12::timestamptz[], $13::bool[], $14::float8[])
    AS run(id, owner, scheduled_at, started_at, duration_ms, result, state, short_summary, message, meta, failures, next_due_at, flipped, down_seconds)
  ), stored AS (
    UPDATE health_checks c SET
      status = run.state,
      status_since = CASE WHEN run.flipped THEN run.started_at ELSE c.status_since END,
      consecutive_failures = run.failures,
      last_result = jsonb_build_object('scheduledAt', run.scheduled_at, 'startedAt', run.started_at, 'durationMs', run.duration_ms,
        'status', run.result, 'shortSummary', run.short_summary, 'message', run.message, 'meta', run.meta),
      last_result_at = run.started_at + make_interval(secs => run.duration_ms / 1000),
      next_due_at = run.next_due_at, lease_owner = NULL, lease_until = NULL
    FROM run WHERE c.id = run.id AND c.lease_owner = run.owner AND c.next_due_at = run.scheduled_at
    RETURNING run.*
  ), results AS (
    INSERT INTO health_check_results (check_id, scheduled_at, started_at, duration_ms, status, state, short_summary, message, meta)
    SELECT id, scheduled_at, started_at, duration_ms, result, coalesce(state, result), short_summary, message, meta FROM stored
    ON CONFLICT DO NOTHING
  ), days AS (
    INSERT INTO health_check_days AS day (check_id, day, ok, warning, failed, crashed, skipped, duration_ms_sum, down_seconds)
    SELECT id, (scheduled_at AT TIME ZONE 'UTC')::date, count(*) FILTER (WHERE result = 'ok'), count(*) FILTER (WHERE result = 'warning'),
      count(*) FILTER (WHERE result = 'failed'), count(*) FILTER (WHERE result = 'crashed'), count(*) FILTER (WHERE result = 'skipped'), sum(duration_ms), sum(down_seconds)
    FROM stored WHERE NOT meta ? 'maintenance' GROUP BY 1, 2
    ON CONFLICT (check_id, day) DO UPDATE SET ok = day.ok + excluded.ok, warning = day.warning + excluded.warning,
      failed = day.failed + excluded.failed, crashed = day.crashed + excluded.crashed, skipped = day.skipped + excluded.skipped,
      duration_ms_sum = day.duration_ms_sum + excluded.duration_ms_sum, down_seconds = day.down_seconds + excluded.down_seconds
  ), batch AS (SELECT count(*)::int AS stored, coalesce(bool_or(flipped), false) AS flip FROM stored)
  SELECT stored, CASE WHEN stored > 0 THEN pg_notify('watchkeeper', json_build_object('topic', 'checks', 'flip', flip)::text) END FROM batch`;

function toColumns(runs: readonly FinishedRun[]): unknown[] {
  // Times as text: pg formats a Date in an array by hand, field by field.
  return [
    runs.map((run) => run.check.id),
    runs.map((run) => run.check.owner),
    runs.map((run) => run.check.scheduledAt.toISOString()),
    runs.map((run) => run.result.startedAt.toISOString()),
    runs.map((run) => run.result.durationMs),
    runs.map((run) => run.result.status),
    runs.map((run) => run.decision.state),
    runs.map((run) => run.result.shortSummary),
    runs.map((run) => run.result.message),
    runs.map((run) => JSON.stringify(run.result.meta)),
    runs.map((run) => run.decision.consecutiveFailures),
    runs.map((run) => run.nextDueAt.toISOString()),
    runs.map((run) => run.decision.flipped),
    runs.map((run) => downSecondsOf({ status: run.result.status, ...run })),
  ];
}
