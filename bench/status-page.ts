import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { startPostgres } from "@/lib/db/embedded/start-postgres";
import { startProduct, type Product } from "../e2e/product";
import { type OpenLoop, openLoop } from "./open-loop";
import { processTree, usageOf } from "./processes";
import { startQueryCounter } from "./query-counter";
import { percentile, printFigures } from "./report";

/**
 * The public status page under 200 requests a second, sent whether or not the ones before were answered; the same bytes from
 * a bare node:http in the same run; and the page without its database. The built product, with 30 days of demo data.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "30" },
    days: { type: "string", default: "30" },
    rate: { type: "string", default: "200" },
  },
});
const load = { perSecond: Number(values.rate), seconds: Number(values.seconds) };
const P99_MS = 50;

const made = z.object({ id: z.string(), number: z.number().optional() });
const checks = z.object({ items: z.array(z.object({ id: z.string(), label: z.string() })) });

/** Ten components of the demo's checks, and a public incident with an update. @returns the paths that are asked for */
async function setUp(product: Product): Promise<string[]> {
  const token = await product.cli("token-create", "--name", "bench", "--scope", "admin");
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${product.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return JSON.parse(await response.text());
  };
  const { items } = checks.parse(await call("GET", "/api/v1/checks?limit=10"));
  for (const [index, { id, label }] of items.entries())
    await call("POST", "/api/v1/status-components", {
      label,
      groupName: index < 4 ? "Shop" : "",
      checkIds: [id],
      showResponseTime: index % 2 === 0,
    });
  const incident = made.parse(
    await call("POST", "/api/v1/incidents", {
      title: "Cards are refused",
      severity: "high",
      visibility: "public",
      checks: [{ checkId: items[0]?.id, impact: "partial" }],
    }),
  );
  await call("POST", `/api/v1/incidents/${incident.id}/updates`, {
    message: "We **know** of it.",
    status: "identified",
  });
  console.log(`${items.length} components, a public incident`);
  return [
    "/status",
    "/status/feed.atom",
    "/api/status.json",
    "/api/v2/summary.json",
    `/status/incidents/${incident.number}`,
  ];
}

/** The bytes that the product serves, from a bare node:http. */
async function startYardstick(url: string, paths: readonly string[]): Promise<{ child: ChildProcess; url: string }> {
  const documents: Record<string, { headers: Record<string, string>; body: string }> = {};
  for (const path of paths) {
    const response = await fetch(`${url}${path}`);
    const headers = Object.fromEntries(response.headers);
    const body = Buffer.from(await response.arrayBuffer()).toString("base64");
    // What fetch has unpacked goes out unpacked: more bytes, and no work.
    for (const name of ["content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "date"])
      delete headers[name];
    documents[path] = { headers, body };
  }
  const child = spawn(process.execPath, ["--import", "tsx", "bench/static-server.ts"], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.send(documents);
  const [message] = await once(child, "message");
  return { child, url: `http://127.0.0.1:${z.object({ port: z.number() }).parse(message).port}` };
}

function webOf({ launcherPid }: Product): number {
  const web = processTree(launcherPid).find((pid) => usageOf(pid).command.includes(".build/server.js"));
  if (web === undefined) throw new Error("there is no web process");
  return web;
}

const seconds = (count: number) => new Promise((wake) => setTimeout(wake, count * 1000));
const p = (run: OpenLoop, share: number) => percentile(run.latenciesMs, share);
const failed = ({ statuses }: OpenLoop) =>
  [...statuses].reduce((sum, [status, count]) => (status === 200 ? sum : sum + count), 0);

/** Asks until the answer holds a text. @returns after how many seconds; the last answer */
async function until(
  url: string,
  text: string,
  limit: number,
): Promise<{ took: number; status: number; body: string }> {
  const start = performance.now();
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    const body = (await response?.text()) ?? "";
    const took = (performance.now() - start) / 1000;
    if (body.includes(text) || took > limit) return { took, status: response?.status ?? 0, body };
    await seconds(0.25);
  }
}

const LAST_KNOWN = "Last known state";
const sentence = (body: string) => /Last known state, from [^<]*/.exec(body)?.[0] ?? "(not said)";

const folder = await mkdtemp(join(tmpdir(), "watchkeeper-bench-"));
const postgres = await startPostgres(folder, {});
let databaseStops = false;
const counter = await startQueryCounter(postgres.url);
const product = await startProduct({ DATABASE_URL: counter.url });
try {
  console.log(`seeding ${values.days} days of demo data …`);
  await product.cli("demo-seed", "--days", values.days);
  const paths = await setUp(product);
  await until(`${product.url}/status`, "Cards are refused", 30);
  const yardstick = await startYardstick(product.url, paths);
  await openLoop(product.url, { ...load, paths, seconds: 5 });
  await openLoop(yardstick.url, { ...load, paths, seconds: 5 });

  const queries = () => counter.count("watchkeeper web");
  const cpu = () => usageOf(webOf(product)).cpuSeconds;
  const bareCpu = () => usageOf(yardstick.child.pid ?? 0).cpuSeconds;
  console.log(
    `${load.perSecond} requests/s for ${load.seconds} s: none, the bare server, the product, the bare server …`,
  );
  const before = { queries: queries(), cpu: cpu() };
  await seconds(load.seconds);
  const idle = { queries: queries() - before.queries, cpu: cpu() - before.cpu };
  // Half before and half after: what else the machine does meets both.
  const half = { ...load, paths, seconds: load.seconds / 2 };
  const beforeBare = bareCpu();
  const bare = await openLoop(yardstick.url, half);
  const start = { queries: queries(), cpu: cpu() };
  const run = await openLoop(product.url, { ...load, paths });
  const loaded = { queries: queries() - start.queries, cpu: cpu() - start.cpu };
  bare.latenciesMs.push(...(await openLoop(yardstick.url, half)).latenciesMs);
  const spentBare = bareCpu() - beforeBare;
  yardstick.child.disconnect();
  const count = run.latenciesMs.length;

  const met = printFigures(`Status page, ${load.perSecond} requests/s, open loop, ${load.seconds} s`, [
    { what: "requests", value: count, unit: "" },
    { what: "answers that were not 200", value: failed(run), unit: "", bound: { at: "most", value: 0 } },
    { what: "p50", value: p(run, 0.5), unit: "ms" },
    { what: "p99", value: p(run, 0.99), unit: "ms", bound: { at: "most", value: P99_MS } },
    { what: "bare node:http, the same documents: p50", value: p(bare, 0.5), unit: "ms" },
    { what: "bare node:http, the same documents: p99", value: p(bare, 0.99), unit: "ms" },
    { what: "p99, times that of the bare server", value: p(run, 0.99) / p(bare, 0.99), unit: "" },
    { what: "CPU a request, beyond that without load", value: (1000 * (loaded.cpu - idle.cpu)) / count, unit: "ms" },
    { what: "bare node:http: CPU a request", value: (1000 * spentBare) / bare.latenciesMs.length, unit: "ms" },
    { what: "queries of the web process, nobody asking", value: idle.queries, unit: "" },
    { what: "queries of the web process, under load", value: loaded.queries, unit: "" },
    { what: "queries under load, times those without", value: loaded.queries / idle.queries, unit: "" },
    {
      what: "queries a request, beyond those without load",
      value: Math.max(0, loaded.queries - idle.queries) / count,
      unit: "",
      bound: { at: "most", value: 0.01 },
    },
  ]);

  console.log("\nstopping the database …");
  await postgres.stop();
  databaseStops = true;
  const away = await until(`${product.url}/status`, LAST_KNOWN, 60);
  console.log(`  after ${away.took.toFixed(1)} s: ${away.status}, “${sentence(away.body)}”`);
  const without = await openLoop(product.url, { ...load, paths, seconds: 10 });
  process.kill(webOf(product), "SIGKILL");
  const restarted = await until(`${product.url}/status`, LAST_KNOWN, 60);
  console.log(
    `  a new web process, ${restarted.took.toFixed(1)} s later: ${restarted.status}, “${sentence(restarted.body)}”`,
  );
  const survived = printFigures("Without the database", [
    { what: "answers that were not 200", value: failed(without), unit: "", bound: { at: "most", value: 0 } },
    { what: "p99", value: p(without, 0.99), unit: "ms", bound: { at: "most", value: P99_MS } },
    { what: "status of a running process", value: away.status, unit: "", bound: { at: "most", value: 200 } },
    {
      what: "status of one that started without it",
      value: restarted.status,
      unit: "",
      bound: { at: "most", value: 200 },
    },
  ]);
  const isSaid = [away, restarted].every(({ body }) => body.includes(LAST_KNOWN));
  process.exitCode = met && survived && isSaid ? 0 : 1;
} finally {
  await product.stop();
  counter.close();
  if (!databaseStops) await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
