import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Pool } from "pg";
import { SYSTEM } from "@/lib/core/actor";
import { asActor } from "@/lib/core/context";
import { createContext } from "@/lib/core/create-context";
import { SILENT } from "@/lib/core/log";
import { startPostgres } from "@/lib/db/embedded/start-postgres";
import { migrate } from "@/lib/db/migrate";
import { makePartitionsAhead } from "@/lib/db/partitions";
import { normaliseEvent } from "@/lib/errors/normalise/normalise-event";
import { DEFAULT_SCRUB } from "@/lib/errors/scrub/scrub-settings";
import { toEventRow } from "@/lib/errors/store/event-row";
import { readEnv } from "@/lib/env";
import { measureReads } from "./errors/reads";
import { jsonbArray } from "@/lib/metrics/writer/array-params";
import { sampleEvent } from "./errors/sample-event";
import type { SendPlan, SendResult } from "./errors/send-client";
import { usageOf } from "./processes";
import { type Figure, percentile, printFigures } from "./report";

/**
 * Envelopes a second through POST /api/{project}/envelope/, stored when they are answered, against the same events inserted
 * straight in batches; the answer's time at 200 a second; a flood of ten times the quota. Linux only.
 */
const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "8" },
    rounds: { type: "string", default: "3" },
    events: { type: "string", default: "1000000" },
    only: { type: "string", default: "all" },
  },
});
const seconds = Number(options.seconds);
const KEY = "0123456789abcdef0123456789abcdef";
/** As large as the product's own. */
const BATCH = 400;

const folder = await mkdtemp(join(tmpdir(), "watchkeeper-bench-"));
const postgres = await startPostgres(folder, {});
await migrate(postgres.url, process.cwd());
const sql = new Pool({ connectionString: postgres.url, max: 2 });
// Connections that are just closed are told too that their server stops.
sql.on("error", () => undefined);
// Idle ones end with the server.
sql.on("error", () => undefined);
await makePartitionsAhead(sql, new Date());
await sql.query("INSERT INTO projects (id, name, quota) VALUES (1, 'bench', 1000000)");
await sql.query("INSERT INTO project_keys (project_id, public_key) VALUES (1, $1)", [KEY]);
const PATH = `/api/1/envelope/?sentry_key=${KEY}`;

async function startServer(): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(
    process.execPath,
    [
      "--single-threaded-gc",
      "--max-semi-space-size=16",
      ...(process.env["PROF"] ? ["--cpu-prof", "--cpu-prof-dir=/tmp/prof"] : []),
      "--import",
      "tsx",
      "bench/metrics/product-server.ts",
      postgres.url,
    ],
    { stdio: ["ignore", "inherit", "inherit", "ipc"], env: { ...process.env, NODE_ENV: "production" } },
  );
  const [message] = await once(child, "message");
  return { child, port: message.port };
}

const client = spawn(process.execPath, ["--import", "tsx", "bench/errors/send-client.ts"], {
  stdio: ["ignore", "inherit", "inherit", "ipc"],
});
await once(client, "message");

async function send(plan: SendPlan): Promise<SendResult> {
  client.send(plan);
  const [result]: SendResult[] = await once(client, "message");
  if (!result) throw new Error("the client gave no result");
  return result;
}

const emptyTables = () => sql.query("TRUNCATE error_events, error_groups CASCADE").then(() => sql.query("CHECKPOINT"));
const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

async function stop({ child }: { child: ChildProcess }): Promise<void> {
  child.kill();
  await once(child, "exit");
}

/** The events' rows as they end up in the table, inserted in batches on one connection and nothing else: no HTTP, no reading, no groups. */
async function insertStraight(): Promise<number> {
  await emptyTables();
  const now = new Date();
  const rows = Array.from({ length: BATCH }, (_, n) => {
    const event = normaliseEvent(sampleEvent(n), { now });
    if (!event) throw new Error("the sample is no event");
    return toEventRow({ id: 1, scrub: DEFAULT_SCRUB }, event, now);
  });
  const at = now.toISOString();
  const groupId = randomUUID();
  const end = performance.now() + seconds * 1_000;
  const start = performance.now();
  let inserted = 0;
  while (performance.now() < end) {
    await sql.query({
      name: "insert",
      text: `INSERT INTO error_events (project_id, id, occurred_at, received_at, group_id, level, release, environment, user_key, trace_id, data)
        SELECT * FROM unnest($1::int[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::uuid[], $6::error_level[], $7::text[], $8::text[], $9::text[], $10::text[], $11::jsonb[])`,
      values: [
        rows.map(() => 1),
        rows.map(() => randomUUID()),
        rows.map(() => at),
        rows.map(() => at),
        rows.map(() => groupId),
        rows.map(({ level }) => level),
        rows.map(({ release }) => release),
        rows.map(({ environment }) => environment),
        rows.map(({ user }) => user?.key ?? null),
        rows.map(({ traceId }) => traceId),
        jsonbArray(rows, ({ json }) => json),
      ],
    });
    inserted += BATCH;
  }
  return inserted / ((performance.now() - start) / 1_000);
}

async function throughProduct(): Promise<number> {
  await emptyTables();
  const server = await startServer();
  await send({ port: server.port, path: PATH, connections: 32, seconds: 1 });
  const {
    answers,
    acknowledged,
    seconds: took,
  } = await send({ port: server.port, path: PATH, connections: 64, seconds });
  if (Object.keys(answers).some((status) => status !== "200")) console.log("  answered", answers);
  await stop(server);
  return acknowledged.length / took;
}

async function throughput(): Promise<Figure[]> {
  const straight: number[] = [];
  const product: number[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    straight.push(await insertStraight());
    product.push(await throughProduct());
  }
  console.log(`  straight ${straight.map(Math.round)}, product ${product.map(Math.round)} events/s by round`);
  return [
    { what: "straight into PostgreSQL, batches of 400: events/s", value: median(straight), unit: "/s" },
    { what: "by envelopes, durable when answered: events/s", value: median(product), unit: "/s" },
    { what: "ratio", value: median(product) / median(straight), unit: "" },
  ];
}

async function latency(): Promise<Figure[]> {
  await emptyTables();
  const server = await startServer();
  const plan = { port: server.port, path: PATH, connections: 64 };
  await send({ ...plan, seconds: 2 });
  const { stored, answers, acknowledged } = await send({ ...plan, rate: 200, seconds: 2 * seconds });
  await stop(server);
  const { rows } = await sql.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM error_events WHERE id = ANY($1::uuid[])",
    [acknowledged],
  );
  return [
    { what: "200 envelopes/s: answered by 200", value: answers[200] ?? 0, unit: "" },
    { what: "latency p50", value: percentile(stored, 0.5), unit: "ms" },
    { what: "latency p99", value: percentile(stored, 0.99), unit: "ms", bound: { at: "most", value: 100 } },
    {
      what: "acknowledged and not in the table",
      value: acknowledged.length - (rows[0]?.n ?? 0),
      unit: "",
      bound: { at: "most", value: 0 },
    },
  ];
}

/** 200 a second are allowed, 2,000 a second come. */
async function flood(): Promise<Figure[]> {
  await emptyTables();
  await sql.query("UPDATE projects SET quota = 12000");
  const server = await startServer();
  const pid = server.child.pid ?? 0;
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, usageOf(pid).rssBytes / 1e6)), 100);
  const { answers, limited, withoutHeaders, acknowledged } = await send({
    port: server.port,
    path: PATH,
    connections: 500,
    rate: 2_000,
    seconds: 3 * seconds,
  });
  clearInterval(watch);
  await stop(server);
  const others = Object.entries(answers).reduce(
    (sum, [status, count]) => sum + (["200", "429"].includes(status) ? 0 : count),
    0,
  );
  const { rows } = await sql.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM error_events WHERE id = ANY($1::uuid[])",
    [acknowledged],
  );
  return [
    { what: "stored", value: answers[200] ?? 0, unit: "" },
    { what: "answered by 429", value: answers[429] ?? 0, unit: "", bound: { at: "least", value: 1 } },
    { what: "of those: latency p50", value: percentile(limited, 0.5), unit: "ms" },
    { what: "of those: latency p99", value: percentile(limited, 0.99), unit: "ms" },
    { what: "of those without the SDKs' headers", value: withoutHeaders, unit: "", bound: { at: "most", value: 0 } },
    { what: "answered otherwise", value: others, unit: "", bound: { at: "most", value: 0 } },
    { what: "web process memory (RSS) at its most", value: peak, unit: "MB", bound: { at: "most", value: 400 } },
    {
      what: "acknowledged and not in the table",
      value: acknowledged.length - (rows[0]?.n ?? 0),
      unit: "",
      bound: { at: "most", value: 0 },
    },
  ];
}

const isWanted = (part: string) => options.only === "all" || options.only.split(",").includes(part);
let met = true;
try {
  if (isWanted("throughput")) met = printFigures("Events/s", await throughput()) && met;
  if (isWanted("latency")) met = printFigures("Latency at 200 envelopes/s", await latency()) && met;
  if (isWanted("flood")) met = printFigures("A flood of ten times the quota, 500 connections", await flood()) && met;
  if (isWanted("reads")) {
    await emptyTables();
    const { context, close } = createContext({ env: readEnv({}), process: "web", url: postgres.url, log: SILENT });
    const events = Number(options.events);
    met =
      printFigures(
        `Reads among ${events} events in 2,000 groups`,
        await measureReads(asActor(context, SYSTEM), events),
      ) && met;
    await close();
  }
} finally {
  client.kill();
  await sql.end();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(met ? 0 : 1);
