import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Pool } from "pg";
import { sha256 } from "@/lib/core/secrets";
import { startPostgres } from "@/lib/db/embedded/start-postgres";
import { migrate } from "@/lib/db/migrate";
import { makePartitionsAhead } from "@/lib/db/partitions";
import { resolveSeries } from "@/lib/metrics/series";
import { contentOf, type PushPlan, type PushResult, seriesOf, SERIES } from "./metrics/push-client";
import { processTree, usageOf } from "./processes";
import { type Figure, percentile, printFigures } from "./report";

/**
 * Durable samples a second through POST /api/v1/metrics against a bare node:http server on the same database in the same run;
 * latency at half the top rate; four times too much; and a web process that is killed in the middle. Linux only.
 */
const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "8" },
    rounds: { type: "string", default: "3" },
    only: { type: "string", default: "all" },
  },
});
const seconds = Number(options.seconds);
const TOKEN = "wk_bench-metrics-write";
const CONNECTIONS = 32;
const baseMs = Math.floor(Date.now() / 3_600_000) * 3_600_000;

const folder = await mkdtemp(join(tmpdir(), "watchkeeper-bench-"));
const postgres = await startPostgres(folder, {});
await migrate(postgres.url, process.cwd());
const sql = new Pool({ connectionString: postgres.url, max: 2 });
// Idle ones end with the server.
sql.on("error", () => undefined);
await makePartitionsAhead(sql, new Date());
await sql.query(
  "INSERT INTO api_tokens (name, token_hash, prefix, scopes) VALUES ('bench', $1, 'wk_bench', '{metrics:write}')",
  [sha256(TOKEN)],
);
await resolveSeries(
  sql,
  Array.from({ length: SERIES }, (_, n) => seriesOf(n)),
);

interface Server {
  child: ChildProcess;
  port: number;
}

/** The web process's own flags, as the launcher gives them. */
const FLAGS = [
  "--single-threaded-gc",
  "--max-semi-space-size=16",
  ...(process.env["PROF"] ? ["--cpu-prof", "--cpu-prof-dir=/tmp/prof"] : []),
];

async function startServer(script: string, ...args: string[]): Promise<Server> {
  const child = spawn(process.execPath, [...FLAGS, "--import", "tsx", script, postgres.url, ...args], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const [message] = await once(child, "message");
  return { child, port: message.port };
}

const client = spawn(process.execPath, ["--import", "tsx", "bench/metrics/push-client.ts"], {
  stdio: ["ignore", "inherit", "inherit", "ipc"],
});
await once(client, "message");

/** Never the same samples twice: each run's times begin after those of the one before. */
let nextMs = baseMs;
async function push(port: number, plan: Partial<PushPlan>): Promise<PushResult & { fromMs: number }> {
  const fromMs = nextMs;
  const full: PushPlan = { port, token: TOKEN, connections: CONNECTIONS, batch: 100, seconds, baseMs: fromMs, ...plan };
  client.send(full);
  const [result]: PushResult[] = await once(client, "message");
  if (!result) throw new Error("the client gave no result");
  nextMs += Math.ceil((result.requests * full.batch) / SERIES) + 1;
  return { ...result, fromMs };
}

const emptyTables = () => sql.query("TRUNCATE system_metrics").then(() => sql.query("CHECKPOINT"));
/** CPU seconds of a process and its descendants from now on. */
const cpuMeter = (pid: number) => {
  const now = () => processTree(pid).reduce((sum, one) => sum + usageOf(one).cpuSeconds, 0);
  const before = now();
  return () => now() - before;
};
const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
const isWanted = (part: string) => options.only === "all" || options.only.split(",").includes(part);

/** Alternating rounds, so that a machine that grows slower or faster does not favour one. */
async function throughput(batch: number): Promise<{ bare: number; product: number }> {
  const rates = { bare: [] as number[], product: [] as number[] };
  const cpu = { bare: [] as string[], product: [] as string[] };
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const kind of round % 2 === 0 ? (["bare", "product"] as const) : (["product", "bare"] as const)) {
      await emptyTables();
      const server = await startServer(`bench/metrics/${kind}-server.ts`);
      await push(server.port, { batch, seconds: 1 });
      const spent = [server.child.pid ?? 0, postgres.pid, client.pid ?? 0].map(cpuMeter);
      const { samplesPerSecond, answers } = await push(server.port, { batch });
      cpu[kind].push(spent.map((meter) => (meter() / seconds).toFixed(2)).join("+"));
      if (Object.keys(answers).some((status) => status !== "200")) console.log(`  ${kind} answered`, answers);
      rates[kind].push(samplesPerSecond);
      server.child.kill();
      await once(server.child, "exit");
    }
  }
  console.log(
    `  batches of ${batch}: bare ${rates.bare.map(Math.round)} (${cpu.bare.at(-1)}), product ${rates.product.map(Math.round)} (${cpu.product.at(-1)}) cores of web+database+client`,
  );
  return { bare: median(rates.bare), product: median(rates.product) };
}

/** How many of the acknowledged samples are not in the table. */
async function countLost(
  runs: readonly { acknowledged: readonly number[]; fromMs: number }[],
  batch: number,
): Promise<number> {
  const { rows } = await sql.query<{ ms: number; n: number }>(
    `SELECT (extract(epoch FROM recorded_at) * 1000)::float8 AS ms, (regexp_replace(s.name, '\\D', '', 'g'))::int
       + 100 * (regexp_replace(s.metadata->>'host', '\\D', '', 'g'))::int AS n
     FROM system_metrics m JOIN metric_series s ON s.id = m.series_id`,
  );
  const stored = new Set(rows.map(({ ms, n }) => (ms - baseMs) * SERIES + n));
  let lost = 0;
  for (const { acknowledged, fromMs } of runs) {
    for (const number of acknowledged) {
      const { firstSeries, offsetMs } = contentOf(number, batch);
      const first = (fromMs - baseMs + offsetMs) * SERIES + firstSeries;
      for (let i = 0; i < batch; i += 1) if (!stored.has(first + i)) lost += 1;
    }
  }
  return lost;
}

async function measureThroughput(): Promise<{ figures: Figure[]; top: number }> {
  const hundred = await throughput(100);
  const one = await throughput(1);
  return {
    top: hundred.product,
    figures: [
      { what: "bare: samples/s, batches of 100", value: hundred.bare, unit: "/s" },
      { what: "product: samples/s, batches of 100", value: hundred.product, unit: "/s" },
      { what: "ratio", value: hundred.product / hundred.bare, unit: "", bound: { at: "least", value: 0.6 } },
      { what: "bare: samples/s, batches of 1", value: one.bare, unit: "/s" },
      { what: "product: samples/s, batches of 1", value: one.product, unit: "/s" },
      { what: "ratio", value: one.product / one.bare, unit: "" },
    ],
  };
}

async function measureLatency(top: number): Promise<Figure[]> {
  await emptyTables();
  const server = await startServer("bench/metrics/product-server.ts");
  await push(server.port, { seconds: 2 });
  const { latencies, samplesPerSecond } = await push(server.port, { rate: top / 2 / 100, seconds: 2 * seconds });
  server.child.kill();
  return [
    { what: "half the top rate: samples/s", value: samplesPerSecond, unit: "/s" },
    { what: "latency p50", value: percentile(latencies, 0.5), unit: "ms" },
    { what: "latency p99", value: percentile(latencies, 0.99), unit: "ms", bound: { at: "most", value: 50 } },
  ];
}

/** Four times the top rate over so many connections that a queue without an end would grow; the web process is killed in the middle. */
async function overload(top: number): Promise<Figure[]> {
  await emptyTables();
  const server = await startServer("bench/metrics/product-server.ts");
  const pid = server.child.pid ?? 0;
  await push(server.port, { seconds: 2 });
  const calm = usageOf(pid).rssBytes / 1e6;
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, usageOf(pid).rssBytes / 1e6)), 100);
  const plan = { rate: (4 * top) / 100, connections: 2_000 };
  const busy = await push(server.port, { ...plan, seconds });
  clearInterval(watch);
  setTimeout(() => process.kill(pid, "SIGKILL"), 3_000);
  const killed = await push(server.port, { ...plan, seconds: 6 });
  const lost = await countLost([busy, killed], 100);
  const others = [busy, killed].flatMap(({ answers }) =>
    Object.entries(answers).map(([status, count]) => (["200", "429", "0"].includes(status) ? 0 : count)),
  );
  return [
    { what: "overload: requests that fell due", value: busy.requests, unit: "" },
    { what: "stored: samples/s", value: busy.samplesPerSecond, unit: "/s" },
    { what: "answered by 429", value: busy.answers[429] ?? 0, unit: "", bound: { at: "least", value: 1 } },
    { what: "of those without Retry-After", value: busy.withoutRetryAfter, unit: "", bound: { at: "most", value: 0 } },
    { what: "answered otherwise", value: others.reduce((a, b) => a + b, 0), unit: "", bound: { at: "most", value: 0 } },
    { what: "broken before the kill", value: busy.answers[0] ?? 0, unit: "", bound: { at: "most", value: 0 } },
    { what: "web process memory (RSS) before", value: calm, unit: "MB" },
    { what: "at its most", value: peak, unit: "MB", bound: { at: "most", value: calm + 256 } },
    {
      what: "killed: acknowledged samples before",
      value: killed.acknowledged.length * 100,
      unit: "",
      bound: { at: "least", value: 1 },
    },
    { what: "acknowledged and not in the table", value: lost, unit: "", bound: { at: "most", value: 0 } },
  ];
}

let met = true;
try {
  let top = 100_000;
  if (isWanted("throughput")) {
    const measured = await measureThroughput();
    top = measured.top;
    met = printFigures("Durable samples/s, 32 connections", measured.figures) && met;
  }
  if (isWanted("latency"))
    met = printFigures("Latency, batches of 100, 32 connections", await measureLatency(top)) && met;
  if (isWanted("overload"))
    met = printFigures("Four times the top rate, 2,000 connections", await overload(top)) && met;
} finally {
  client.kill();
  await sql.end();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(met ? 0 : 1);
