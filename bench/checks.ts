import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { addChecks, nextMessage, setCheckStage, startScript, type WorkerProcess } from "./check-stage";
import { processTree, usageOf } from "./processes";
import { type Figure, percentile, printFigures } from "./report";

/**
 * 1,000 HTTP checks every 20 s against a local server in another process, one worker, results stored: are they on time, what do
 * they cost, how long does a restart take, and how many checks a second are stored flat out, against bare node:http. Linux only.
 */
const { values } = parseArgs({
  options: { seconds: { type: "string", default: "120" }, checks: { type: "string", default: "1000" } },
});
const seconds = Number(values.seconds);
const count = Number(values.checks);
const INTERVAL_SECONDS = 20;
const FLAT_OUT_CHECKS = 3_000;
const FLAT_OUT_SECONDS = 20;

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));
const stage = await setCheckStage();

/** CPU seconds of a process and its descendants so far. */
const cpuOf = (pid: number) => processTree(pid).reduce((sum, one) => sum + usageOf(one).cpuSeconds, 0);

async function delays(since: Date, until: Date): Promise<number[]> {
  const { rows } = await stage.sql.query<{ delay: number }>(
    `SELECT (extract(epoch FROM started_at - scheduled_at) * 1000)::float8 AS delay
     FROM health_check_results r JOIN health_checks c ON c.id = r.check_id
     WHERE c.key LIKE 'bench-%' AND scheduled_at >= $1 AND scheduled_at < $2`,
    [since, until],
  );
  return rows.map((row) => row.delay);
}

async function steady(worker: WorkerProcess): Promise<Figure[]> {
  console.log(`the first round (${INTERVAL_SECONDS} s), then ${seconds} s are measured …`);
  await pause((INTERVAL_SECONDS + 5) * 1000);
  const cpuBefore = { worker: cpuOf(worker.pid), database: cpuOf(stage.postgresPid) };
  const since = new Date();
  const memory: number[] = [];
  for (let elapsed = 0; elapsed < seconds; elapsed += INTERVAL_SECONDS) {
    await pause(INTERVAL_SECONDS * 1000);
    memory.push(usageOf(worker.pid).rssBytes / 1e6);
  }
  const until = new Date();
  const cpu = {
    worker: cpuOf(worker.pid) - cpuBefore.worker,
    database: cpuOf(stage.postgresPid) - cpuBefore.database,
  };
  await pause(2_000);
  const found = await delays(since, until);
  const expected = (count * (until.getTime() - since.getTime())) / (INTERVAL_SECONDS * 1000);
  const first = memory[0] ?? 0;
  return [
    { what: "checks run", value: found.length, unit: "" },
    {
      what: "of those that were due",
      value: (100 * found.length) / expected,
      unit: "%",
      bound: { at: "least", value: 99.5 },
    },
    { what: "start delay p50", value: percentile(found, 0.5), unit: "ms" },
    { what: "start delay p99", value: percentile(found, 0.99), unit: "ms", bound: { at: "most", value: 50 } },
    { what: "CPU a check: worker", value: (1000 * cpu.worker) / found.length, unit: "ms" },
    { what: "CPU a check: database", value: (1000 * cpu.database) / found.length, unit: "ms" },
    {
      what: "CPU a check: all",
      value: (1000 * (cpu.worker + cpu.database)) / found.length,
      unit: "ms",
      bound: { at: "most", value: 1 },
    },
    { what: "worker memory (RSS) after one measured round", value: first, unit: "MB" },
    {
      what: "worker memory (RSS) at the end",
      value: memory.at(-1) ?? 0,
      unit: "MB",
      bound: { at: "most", value: first * 1.1 },
    },
  ];
}

/** @returns seconds from the start of the process until every check has a result of its own */
async function untilAllFresh(): Promise<number> {
  const since = new Date();
  const start = performance.now();
  await stage.startWorker();
  for (;;) {
    const { rows } = await stage.sql.query<{ stale: number }>(
      "SELECT count(*)::int AS stale FROM health_checks WHERE key LIKE 'bench-%' AND (last_result_at IS NULL OR last_result_at < $1)",
      [since],
    );
    if (rows[0]?.stale === 0) return (performance.now() - start) / 1000;
    await pause(50);
  }
}

async function bareRate(): Promise<number> {
  const child = startScript("bench/bare-client.ts", stage.targetUrl, "10");
  return (await nextMessage(child)).rate ?? 0;
}

async function flatOut(): Promise<Figure[]> {
  const bare = await bareRate();
  // In the worker's own order, so that neither waits for the other.
  await stage.sql.query(
    `UPDATE health_checks SET interval_seconds = 1 WHERE id IN (SELECT id FROM health_checks WHERE key LIKE 'bench-%' ORDER BY id FOR UPDATE)`,
  );
  await addChecks(stage, FLAT_OUT_CHECKS - count, 1, count);
  await pause(5_000);
  const stored = async () =>
    (await stage.sql.query<{ n: number }>("SELECT count(*)::int AS n FROM health_check_results")).rows[0]?.n ?? 0;
  const start = performance.now();
  const before = await stored();
  await pause(FLAT_OUT_SECONDS * 1000);
  const rate = (((await stored()) - before) * 1000) / (performance.now() - start);
  return [
    { what: "bare node:http, same server, fresh connections", value: bare, unit: "/s" },
    {
      what: `checks stored a second (${FLAT_OUT_CHECKS} due a second)`,
      value: rate,
      unit: "/s",
      bound: { at: "least", value: Math.min(1_400, bare / 2) },
    },
    { what: "share of bare node:http", value: (100 * rate) / bare, unit: "%" },
  ];
}

try {
  await addChecks(stage, count, INTERVAL_SECONDS);
  const worker = await stage.startWorker();
  const onTime = printFigures(`${count} HTTP checks every ${INTERVAL_SECONDS} s, one worker`, await steady(worker));
  await worker.end("SIGKILL");
  const fresh = printFigures("The worker killed (-9) and started again", [
    {
      what: "until every check has a fresh result",
      value: await untilAllFresh(),
      unit: "s",
      bound: { at: "most", value: 20 },
    },
  ]);
  const fast = printFigures("Flat out: intervals of 1 s", await flatOut());
  process.exitCode = onTime && fresh && fast ? 0 : 1;
} finally {
  await stage.close();
}
