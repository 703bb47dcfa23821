import { parseArgs } from "node:util";
import { addChecks, setCheckStage } from "./check-stage";
import { printFigures } from "./report";

/**
 * Three workers on one database; one is killed with -9 in the middle. Was every cron slot and every due check run, and exactly
 * once? job_runs, the results, the jobs in the queue and the monitored service itself are asked.
 */
const { values } = parseArgs({ options: { seconds: { type: "string", default: "180" } } });
const seconds = Number(values.seconds);
const CHECKS = 60;
const INTERVAL_SECONDS = 10;
const MINUTELY = ["tick", "queue-heartbeat", "cluster-metrics"];

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));
const stage = await setCheckStage();
const one = async <T extends object>(text: string, parameters: unknown[] = []): Promise<T> => {
  const { rows } = await stage.sql.query<T>(text, parameters);
  if (!rows[0]) throw new Error("no row");
  return rows[0];
};

try {
  await addChecks(stage, CHECKS, INTERVAL_SECONDS);
  const workers = [await stage.startWorker(), await stage.startWorker(), await stage.startWorker()];
  // The checks were all due at once when they were made; from the next round on they stand on their grid.
  await pause(INTERVAL_SECONDS * 1000);
  const since = new Date();
  await pause(seconds * 500);
  const askedBefore = await stage.asked();
  const busiest = await untilHolding();
  const killedAt = new Date();
  await workers.find(({ pid }) => pid === busiest.pid)?.end("SIGKILL");
  console.log(`worker ${busiest.pid} killed with -9 while it held ${busiest.held} checks`);
  await pause(seconds * 500);
  const until = new Date();
  for (const worker of workers) if (worker.pid !== busiest.pid) await worker.end("SIGTERM");

  const checks = await one<{ results: number; expected: number; missing: number; latest: number }>(
    `WITH slots AS (
       SELECT c.id, lag(r.scheduled_at) OVER w AS before, r.scheduled_at, r.started_at
       FROM health_checks c JOIN health_check_results r ON r.check_id = c.id
       WHERE c.key LIKE 'bench-%' AND r.scheduled_at >= $1 AND r.scheduled_at < $2
       WINDOW w AS (PARTITION BY c.id ORDER BY r.scheduled_at)
     )
     SELECT count(*)::int AS results,
       ($3 * floor(extract(epoch FROM $2::timestamptz - $1::timestamptz) / $4))::int AS expected,
       coalesce(sum(greatest(0, round(extract(epoch FROM scheduled_at - before) / $4) - 1)), 0)::int AS missing,
       coalesce(max(extract(epoch FROM started_at - scheduled_at)), 0)::float8 AS latest
     FROM slots`,
    [since, until, CHECKS, INTERVAL_SECONDS],
  );
  const all = await one<{ n: number }>(
    "SELECT count(*)::int AS n FROM health_check_results r JOIN health_checks c ON c.id = r.check_id WHERE c.key LIKE 'bench-%'",
  );
  const cron = await one<{ slots: number; done: number; again: number; expected: number }>(
    `SELECT count(*)::int AS slots, count(*) FILTER (WHERE status = 'done')::int AS done,
       count(*) FILTER (WHERE attempt > 1)::int AS again,
       (cardinality($3::text[]) * (SELECT count(*) FROM generate_series(date_trunc('minute', $1::timestamptz) + interval '1 min', $2, interval '1 min')))::int AS expected
     FROM job_runs WHERE task = ANY ($3) AND slot > $1 AND slot <= $2`,
    [since, until, MINUTELY],
  );
  const jobs = await one<{ sent: number; slots: number }>(
    `SELECT (SELECT count(*)::int FROM pgboss.job WHERE name = 'heartbeat') AS sent,
       (SELECT count(*)::int FROM job_runs WHERE task = 'queue-heartbeat') AS slots`,
  );
  const asked = await stage.asked();
  const met = printFigures(`Three workers, ${seconds} s, one killed with -9 in the middle`, [
    { what: "checks that the dead worker held", value: busiest.held, unit: "", bound: { at: "least", value: 1 } },
    { what: "check slots due (whole rounds)", value: checks.expected, unit: "" },
    { what: "results stored", value: checks.results, unit: "", bound: { at: "least", value: checks.expected } },
    {
      what: "check slots missing between two results",
      value: checks.missing,
      unit: "",
      bound: { at: "most", value: 0 },
    },
    {
      what: "latest start after its slot (time-out 4 s + 4 s lease margin)",
      value: checks.latest,
      unit: "s",
      bound: { at: "most", value: 9.5 },
    },
    {
      what: "requests seen beyond results stored, before the kill",
      value: Math.max(0, askedBefore - (await storedBefore(killedAt))),
      unit: "",
      bound: { at: "most", value: CHECKS / 2 },
    },
    {
      what: "requests seen beyond results stored, in all",
      value: asked - all.n,
      unit: "",
      bound: { at: "most", value: CHECKS / 2 },
    },
    { what: "cron slots due", value: cron.expected, unit: "" },
    { what: "cron slots run", value: cron.slots, unit: "", bound: { at: "least", value: cron.expected } },
    { what: "cron slots done", value: cron.done, unit: "", bound: { at: "least", value: cron.expected } },
    { what: "cron slots taken over from the dead worker", value: cron.again, unit: "" },
    {
      what: "heartbeat jobs sent, for so many slots",
      value: jobs.sent,
      unit: "",
      bound: { at: "most", value: jobs.slots },
    },
  ]);
  process.exitCode = met ? 0 : 1;
} finally {
  await stage.close();
}

/** The worker that holds most claimed checks, as soon as one holds three. */
async function untilHolding(): Promise<{ pid: number; held: number }> {
  for (;;) {
    const found = await one<{ pid: number; held: number }>(
      `SELECT w.pid, count(c.id)::int AS held FROM workers w LEFT JOIN health_checks c ON c.lease_owner = w.id
       GROUP BY w.pid ORDER BY held DESC LIMIT 1`,
    );
    if (found.held >= 3) return found;
    await pause(20);
  }
}

async function storedBefore(at: Date): Promise<number> {
  return (
    await one<{ n: number }>(
      "SELECT count(*)::int AS n FROM health_check_results r JOIN health_checks c ON c.id = r.check_id WHERE c.key LIKE 'bench-%' AND started_at < $1",
      [at],
    )
  ).n;
}
