import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import pg from "pg";
import { processTree, usageOf } from "../bench/processes";
import { printFigures } from "../bench/report";
import { freePort } from "./product";

/**
 * From nothing to a running product, as a newcomer does it: `git clone`, `npm ci && npm start` in a folder of mode 0700, then
 * waits for the first results and samples, kills every process with -9 in turn and starts again. Linux.
 * `--uid 1234`: as an ordinary user with that id (needs root). Takes some minutes; prints each figure with its bound.
 */
const { values } = parseArgs({ options: { uid: { type: "string" }, keep: { type: "boolean" } } });
const uid = values.uid ? Number(values.uid) : undefined;
const home = mkdtempSync(join(tmpdir(), "watchkeeper-fresh-"));
chmodSync(home, 0o700);
const clone = join(home, "watchkeeper");
const identity = uid === undefined ? {} : { uid, gid: uid };
const port = await freePort();
const env = {
  ...process.env,
  HOME: home,
  PORT: String(port),
  DATABASE_URL: "",
  DATA_DIR: "",
  npm_config_cache: join(home, ".npm"),
};

interface Started {
  child: ChildProcess;
  seconds: number;
  output: string;
}

function start(): Promise<Started> {
  const begin = performance.now();
  const child = spawn("npm", ["start"], { cwd: clone, env, stdio: ["ignore", "pipe", "pipe"], ...identity });
  return new Promise((done, fail) => {
    let output = "";
    const onData = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("Watchkeeper is ready")) done({ child, seconds: (performance.now() - begin) / 1000, output });
    };
    child.stdout.on("data", onData);
    child.stderr.on("data", onData);
    child.once("close", (code) => fail(new Error(`npm start ended with ${code}:\n${output}`)));
  });
}

async function stop({ child }: Started): Promise<void> {
  const ended = new Promise((done) => child.once("close", done));
  process.kill(findProcess(child, "launcher.js"), "SIGTERM");
  await ended;
}

function findProcess(child: ChildProcess, part: string): number {
  const pid = processTree(child.pid ?? 0).find((id) => usageOf(id).command.includes(part));
  if (pid === undefined) throw new Error(`no process ${part}`);
  return pid;
}

async function query<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: readFileSync(join(clone, "data/database-url"), "utf8").trim() });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Seconds until a query's one number is at least `least`. */
async function until(sql: string, least: number, limitSeconds: number): Promise<number> {
  const begin = performance.now();
  for (;;) {
    const [row] = await query<{ n: number }>(sql).catch(() => []);
    const seconds = (performance.now() - begin) / 1000;
    if ((row?.n ?? 0) >= least || seconds > limitSeconds) return seconds;
    await new Promise((wake) => setTimeout(wake, 200));
  }
}

async function untilAnswers(path: string, status: number, limitSeconds: number): Promise<number> {
  const begin = performance.now();
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    const seconds = (performance.now() - begin) / 1000;
    if (answer?.status === status || seconds > limitSeconds) return seconds;
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

execFileSync("git", ["clone", "-q", process.cwd(), clone]);
if (uid !== undefined) {
  mkdirSync(join(home, ".npm"), { recursive: true });
  execFileSync("chown", ["-R", `${uid}:${uid}`, home]);
  chownSync(home, uid, uid);
}
if (existsSync(join(clone, "node_modules")) || existsSync(join(clone, "data")))
  throw new Error("the clone is not fresh");
console.log(`npm ci in ${uid === undefined ? "a 0700 folder as this user" : `a 0700 folder as uid ${uid}`} …`);
execFileSync("npm", ["ci"], { cwd: clone, env, stdio: ["ignore", "ignore", "inherit"], ...identity });

console.log("npm start …");
let product = await start();
const figures = [{ what: "npm start to ready, with the first build", value: product.seconds, unit: "s" }];
const password = /password:?\s+(\S+)/i.exec(product.output)?.[1];
if (!password) throw new Error(`no admin password was printed:\n${product.output}`);
const signInPage = await fetch(`http://127.0.0.1:${port}/sign-in`);
if (!(await signInPage.text()).includes("Sign in")) throw new Error("there is no sign-in page");
const checks = await until(
  "SELECT count(*)::int - count(*) FILTER (WHERE last_result IS NULL)::int AS n FROM health_checks",
  5,
  60,
);
const results = await query<{ key: string; status: string; message: string }>(
  "SELECT key, status::text, last_result->>'message' AS message FROM health_checks ORDER BY key",
);
const samples = await until(
  "SELECT count(DISTINCT s.name)::int AS n FROM metric_series s WHERE EXISTS (SELECT 1 FROM system_metrics m WHERE m.series_id = s.id)",
  17,
  120,
);
const names = await query<{ name: string }>("SELECT DISTINCT name FROM metric_series ORDER BY 1");
console.log(results.map((row) => `  ${row.key}: ${row.status} ${row.message}`).join("\n"));
console.log(`  metrics: ${names.map((row) => row.name).join(", ")}`);

await stop(product);
const [kept] = [readFileSync(join(clone, "data/database-url"), "utf8").length > 0];
product = await start();
const again = {
  what: "started again, to ready",
  value: product.seconds,
  unit: "s",
  bound: { at: "most" as const, value: 10 },
};
const [users] = await query<{ n: number }>("SELECT count(*)::int AS n FROM users");
if (!kept || users?.n !== 1) throw new Error("the data was not kept");

const killed: { what: string; value: number; unit: string; bound: { at: "most"; value: number } }[] = [];
for (const [what, part] of [
  ["web", ".build/server.js"],
  ["worker", ".build/worker.js"],
  ["database", "bin/postgres"],
] as const) {
  const before = await countWorkers();
  process.kill(findProcess(product.child, part), "SIGKILL");
  // Readiness forgives a worker some silence: a new one is looked for in the database.
  const gone = what === "worker" ? await untilWorkers(before + 1) : await untilAnswers("/api/ready", -1, 0.3);
  const seconds = gone + (await untilAnswers("/api/ready", 200, 60));
  killed.push({
    what: `${what} killed with -9, ready again`,
    value: seconds,
    unit: "s",
    bound: { at: "most", value: 10 },
  });
}
async function countWorkers(): Promise<number> {
  return (await query<{ n: number }>("SELECT count(*)::int AS n FROM workers"))[0]?.n ?? 0;
}
async function untilWorkers(count: number): Promise<number> {
  const begin = performance.now();
  while ((await countWorkers()) < count) await new Promise((wake) => setTimeout(wake, 50));
  return (performance.now() - begin) / 1000;
}
const launcherEnd = new Promise((done) => product.child.once("close", done));
process.kill(findProcess(product.child, "launcher.js"), "SIGKILL");
await launcherEnd;
product = await start();
killed.push({
  what: "launcher killed with -9, started again, to ready",
  value: product.seconds,
  unit: "s",
  bound: { at: "most", value: 10 },
});
const [after] = await query<{ n: number }>("SELECT count(*)::int AS n FROM health_check_results");
await stop(product);
const met = printFigures(`From a fresh clone, ${uid === undefined ? "as this user" : `as uid ${uid}`}`, [
  ...figures,
  { what: "every default check has a result, after ready", value: checks, unit: "s", bound: { at: "most", value: 15 } },
  {
    what: "every metric has a sample, after ready",
    value: checks + samples,
    unit: "s",
    bound: { at: "most", value: 70 },
  },
  { what: "different metrics", value: names.length, unit: "", bound: { at: "least", value: 17 } },
  again,
  ...killed,
  { what: "results kept over all that", value: after?.n ?? 0, unit: "", bound: { at: "least", value: 5 } },
]);
if (!values.keep) rmSync(home, { recursive: true, force: true });
process.exit(met ? 0 : 1);
