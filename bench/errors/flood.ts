import { once } from "node:events";
import { signIn } from "../sign-in";
import { residentBytes } from "../processes";
import { type Figure, percentile } from "../report";
import { type ErrorStage, pause, startScript } from "./stage";

const CHECKS = 30;
const INTERVAL_SECONDS = 10;
const FLOOD = { connections: 500, rate: 2_000 };

/** @returns the times of the overview's whole page for one viewer who looks again and again, until it is stopped */
async function watchOverview({ product }: ErrorStage): Promise<() => Promise<number[]>> {
  const cookie = await signIn(product.url, product.users.viewer);
  const took: number[] = [];
  const visit = async () => {
    const start = performance.now();
    const answer = await fetch(`${product.url}/`, { headers: { cookie } });
    await answer.text();
    if (answer.status !== 200) throw new Error(`the overview answered ${answer.status}`);
    took.push(performance.now() - start);
  };
  for (let n = 0; n < 20; n += 1) await visit();
  took.length = 0;
  const stopped = new AbortController();
  const visits = (async () => {
    while (!stopped.signal.aborted) {
      await visit();
      await pause(100);
    }
  })();
  return async () => {
    stopped.abort();
    await visits;
    return took;
  };
}

async function addChecks({ sql }: ErrorStage, targetUrl: string): Promise<void> {
  await sql.query(
    `INSERT INTO health_checks (key, type, label, config, interval_seconds, next_due_at)
     SELECT 'bench-' || n, 'http', 'Bench ' || n, jsonb_build_object('url', $1 || n), $2, now() + n % $2 * interval '1 s'
     FROM generate_series(1, $3::int) n`,
    [targetUrl, INTERVAL_SECONDS, CHECKS],
  );
}

async function checkDelays({ sql }: ErrorStage, since: Date, until: Date): Promise<number[]> {
  const { rows } = await sql.query<{ delay: number }>(
    `SELECT (extract(epoch FROM started_at - scheduled_at) * 1000)::float8 AS delay
     FROM health_check_results r JOIN health_checks c ON c.id = r.check_id
     WHERE c.key LIKE 'bench-%' AND scheduled_at >= $1 AND scheduled_at < $2`,
    [since, until],
  );
  return rows.map((row) => row.delay);
}

/** Watches a process's memory. @returns the most that it took, MB */
export function watchMemory(pid: number): () => number {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, residentBytes(pid) / 1e6)), 20);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

/** The same flood on a node:http server that only refuses: how quick this sender on this machine can see an answer at all. */
async function floodOfBare(stage: ErrorStage, seconds: number): Promise<number[]> {
  const bare = startScript("bench/errors/refusing-server.ts");
  const [{ port }] = await once(bare, "message");
  const { limited } = await stage.send({ ...FLOOD, port, seconds });
  bare.kill();
  return limited;
}

/** 200 a second are allowed, 2,000 a second come, with a viewer on the overview and checks that run. */
export async function flood(stage: ErrorStage, seconds: number): Promise<Figure[]> {
  const bare = await floodOfBare(stage, seconds);
  await stage.empty();
  const target = startScript("bench/target-server.ts");
  const [{ port }] = await once(target, "message");
  await addChecks(stage, `http://127.0.0.1:${port}/`);
  await stage.setQuota(12_000);
  // The checks stand on their grid by then.
  await pause(INTERVAL_SECONDS * 1_000);
  const stopViewer = await watchOverview(stage);
  await pause(5_000);
  const before = (await stopViewer()).slice();
  const watching = await watchOverview(stage);
  const memory = watchMemory(stage.webPid);
  const meter = stage.cpuMeter();
  const since = new Date();
  const { answers, stored, limited, withoutHeaders, acknowledged } = await stage.send({ ...FLOOD, seconds });
  const until = new Date();
  const cpu = meter();
  const peak = memory();
  const visits = await watching();
  await pause(2_000);
  const delays = await checkDelays(stage, since, until);
  target.kill();
  console.log(
    `  CPU seconds in ${seconds} s: web ${cpu.web.toFixed(1)}, database ${cpu.database.toFixed(1)}, sender ${cpu.sender.toFixed(1)}`,
  );
  const expected = (CHECKS * (until.getTime() - since.getTime())) / (INTERVAL_SECONDS * 1_000);
  const others = Object.entries(answers).filter(([status]) => !["200", "429"].includes(status));
  return [
    { what: "stored", value: answers[200] ?? 0, unit: "" },
    { what: "of those: latency p99", value: percentile(stored, 0.99), unit: "ms" },
    { what: "answered by 429", value: answers[429] ?? 0, unit: "", bound: { at: "least", value: 1 } },
    { what: "of those: latency p50", value: percentile(limited, 0.5), unit: "ms" },
    {
      what: "of those: latency p99",
      value: percentile(limited, 0.99),
      unit: "ms",
      bound: { at: "most", value: 1_000 },
    },
    { what: "the same of bare node:http that only refuses: p50", value: percentile(bare, 0.5), unit: "ms" },
    { what: "the same of bare node:http that only refuses: p99", value: percentile(bare, 0.99), unit: "ms" },
    { what: "ratio of the two p99", value: percentile(limited, 0.99) / percentile(bare, 0.99), unit: "" },
    { what: "of those without the SDKs' headers", value: withoutHeaders, unit: "", bound: { at: "most", value: 0 } },
    {
      what: "answered otherwise",
      value: others.reduce((sum, [, count]) => sum + count, 0),
      unit: "",
      bound: { at: "most", value: 0 },
    },
    {
      what: "acknowledged and not in the table",
      value: await stage.missing(acknowledged),
      unit: "",
      bound: { at: "most", value: 0 },
    },
    { what: "web process memory (RSS) at its most", value: peak, unit: "MB", bound: { at: "most", value: 400 } },
    { what: "the overview without a flood: p95", value: percentile(before, 0.95), unit: "ms" },
    { what: "the overview meanwhile: visits", value: visits.length, unit: "" },
    {
      what: "the overview meanwhile: p95",
      value: percentile(visits, 0.95),
      unit: "ms",
      bound: { at: "most", value: 300 },
    },
    {
      what: "checks meanwhile",
      value: delays.length,
      unit: "",
      bound: { at: "least", value: Math.floor(0.95 * expected) },
    },
    {
      what: "their start after their time: p99",
      value: percentile(delays, 0.99),
      unit: "ms",
      bound: { at: "most", value: 1_000 },
    },
  ];
}
