import type { Context } from "@/lib/core/context";
import { writerOf } from "../writer/writer";
import type { ExposedFamily } from "./write-text";

interface Facts {
  workerAge: number | null;
  due: number;
  lag: number;
  rollups: number;
  rollupsFailed: number;
}

const FACTS = `
  SELECT (SELECT extract(epoch FROM $1::timestamptz - max(last_seen_at)) FROM workers)::float8 AS "workerAge",
    count(*) FILTER (WHERE next_due_at <= $1::timestamptz)::int AS due,
    greatest(0, coalesce(extract(epoch FROM $1::timestamptz - min(next_due_at)), 0))::float8 AS lag,
    (SELECT count(*)::int FROM metric_rollup_pending) AS rollups,
    (SELECT count(*)::int FROM metric_rollup_pending WHERE failures > 0) AS "rollupsFailed"
  FROM health_checks WHERE paused_at IS NULL`;

interface Job {
  task: string;
  duration: number | null;
  lag: number;
  failed: number;
  at: number;
}

/** The newest ended run of each task of the schedule, and how many failed in the day before. */
const JOBS = `
  SELECT DISTINCT ON (task) task, extract(epoch FROM finished_at - started_at)::float8 AS duration,
    greatest(0, extract(epoch FROM started_at - slot))::float8 AS lag, extract(epoch FROM finished_at)::float8 AS at,
    count(*) FILTER (WHERE status = 'failed') OVER (PARTITION BY task)::int AS failed
  FROM job_runs WHERE slot > $1::timestamptz - interval '1 day' AND finished_at IS NOT NULL
  ORDER BY task, slot DESC`;

/** How the product itself does: its worker, its checks' lateness, its scheduled jobs, its writer. The job queue's depth is a series. */
export async function exposeInternals(context: Pick<Context, "sql" | "now" | "config">): Promise<ExposedFamily[]> {
  const now = context.now();
  const [facts, jobs] = await Promise.all([
    context.sql.query<Facts>(FACTS, [now]),
    context.sql.query<Job>(JOBS, [now]),
  ]);
  const [fact] = facts.rows;
  const perTask = (name: string, help: string, valueOf: (job: Job) => number | null): ExposedFamily => ({
    name,
    type: "gauge",
    help,
    unit: unitOf(name),
    samples: jobs.rows.flatMap((job) => {
      const value = valueOf(job);
      return value === null ? [] : [{ labels: { task: job.task }, value }];
    }),
  });
  return [
    gauge("watchkeeper_worker_last_seen_age_seconds", "How long ago any worker was seen.", fact?.workerAge),
    gauge("watchkeeper_checks_due", "Checks that are due and not yet run.", fact?.due),
    gauge("watchkeeper_checks_lag_seconds", "How late the check is that is due longest.", fact?.lag),
    perTask("watchkeeper_job_duration_seconds", "How long the newest run of the task took.", (job) => job.duration),
    perTask("watchkeeper_job_lag_seconds", "How late the newest run of the task began.", (job) => job.lag),
    perTask("watchkeeper_job_last_end_timestamp_seconds", "When the newest run of the task ended.", (job) => job.at),
    perTask("watchkeeper_job_failures", "Runs of the task that failed in the last 24 hours.", (job) => job.failed),
    gauge("watchkeeper_rollups_waiting", "Hours and days of metrics that are still to be rolled up.", fact?.rollups),
    gauge(
      "watchkeeper_rollups_failed",
      "Those of them that could not be, and are tried again; the log says why.",
      fact?.rollupsFailed,
    ),
    ...exposeWriter(context),
  ];
}

/** The queue of samples of the process that answers; each web process and worker has its own. */
function exposeWriter(context: Pick<Context, "sql" | "config">): ExposedFamily[] {
  const writer = writerOf(context);
  const { rows, bytes } = writer.waiting();
  const { committedRows, failedRows, refusals } = writer.totals();
  return [
    gauge("watchkeeper_writer_waiting_samples", "Samples that wait in this process or are being written.", rows),
    gauge("watchkeeper_writer_waiting_bytes", "About what they hold of its memory.", bytes),
    counter("watchkeeper_writer_committed_samples_total", "Samples that this process has written.", committedRows),
    counter(
      "watchkeeper_writer_failed_samples_total",
      "Samples that it could not write, as their senders were told: the database was away.",
      failedRows,
    ),
    counter(
      "watchkeeper_writer_refusals_total",
      "Calls that were told to come again later (429), as too many samples were waiting.",
      refusals,
    ),
  ];
}

function gauge(name: string, help: string, value: number | null | undefined): ExposedFamily {
  const samples = value === null || value === undefined ? [] : [{ labels: {}, value: Math.max(0, value) }];
  return { name, type: "gauge", help, unit: unitOf(name), samples };
}

const unitOf = (name: string): string | undefined => /_(seconds|bytes)$/.exec(name)?.[1];

const counter = (name: string, help: string, value: number): ExposedFamily => ({
  name,
  type: "counter",
  help,
  samples: [{ labels: {}, value }],
});
