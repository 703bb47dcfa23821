import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { z } from "zod";
import config from "@/monitoring.config";
import { SYSTEM } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { SILENT } from "@/lib/core/log";
import { openDatabase } from "@/lib/db/client";
import { startPostgres } from "@/lib/db/embedded/start-postgres";
import { readEnv } from "@/lib/env";
import { getMetrics } from "@/lib/metrics/get-metrics";
import { METRIC, buildDatabase, labelsOf } from "./metrics-read/build-database";
import { evict } from "./metrics-read/evict";
import { importIntoPrometheus, startPrometheus } from "./metrics-read/prometheus";
import { type Figure, percentile, printFigures } from "./report";

/**
 * Charts of 30 days of a sample a minute: one series to 300 points, on the whole table and on a tenth of it, also right after
 * a restart with nothing in memory; 100 series in 10 groups; one day of one series; and the same asked of Prometheus.
 */
const { values } = parseArgs({
  options: {
    series: { type: "string", default: "1000" },
    days: { type: "string", default: "30" },
    /** A folder that is kept, and used again as it is. */
    keep: { type: "string" },
    /** Builds the data and measures nothing. */
    "build-only": { type: "boolean", default: false },
    "without-prometheus": { type: "boolean", default: false },
  },
});
const series = Number(values.series);
const days = Number(values.days);
const DAY_MS = 86_400_000;
const STEP = 10_800;
const RUNS = 200;
const COLD_RUNS = 7;

const folder = values.keep ?? (await mkdtemp(join(tmpdir(), "watchkeeper-bench-")));
const database = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
const stateFile = join(folder, "state.json");
const state = z.object({ to: z.coerce.date(), hasPrometheus: z.boolean() });

async function build(): Promise<z.output<typeof state>> {
  if (existsSync(stateFile)) return state.parse(JSON.parse(await readFile(stateFile, "utf8")));
  const start = performance.now();
  const took = (what: string) => console.log(`${what} after ${((performance.now() - start) / 1000).toFixed(0)} s`);
  const to = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS + 10 * 3_600_000 + 37 * 60_000);
  const range = { from: new Date(to.getTime() - days * DAY_MS), to, series };
  const fast = {
    fsync: "off",
    full_page_writes: "off",
    wal_level: "minimal",
    max_wal_senders: "0",
    max_wal_size: "8GB",
    maintenance_work_mem: "512MB",
    shared_buffers: "1GB",
    work_mem: "256MB",
    autovacuum: "off",
  };
  const postgres = await startPostgres(folder, { settings: fast });
  try {
    const admin = new Client({ connectionString: postgres.url });
    await admin.connect();
    await admin.query("CREATE DATABASE whole");
    await admin.query("CREATE DATABASE tenth");
    await admin.end();
    await buildDatabase(database(postgres.url, "whole"), range);
    took(`${(series * days * 1440).toLocaleString("en")} samples and their roll-ups made`);
    await buildDatabase(database(postgres.url, "tenth"), { ...range, series: Math.max(1, Math.round(series / 10)) });
    took("a tenth of it made");
    if (!values["without-prometheus"]) {
      await importIntoPrometheus(database(postgres.url, "whole"), range, folder);
      took("Prometheus' blocks made");
    }
  } finally {
    await postgres.stop();
  }
  const made = { to, hasPrometheus: !values["without-prometheus"] };
  await writeFile(stateFile, JSON.stringify(made));
  return made;
}

function openContext(url: string, now: Date): { context: Context; close: () => Promise<void> } {
  const { db, sql, close } = openDatabase(url, { name: "bench", log: SILENT, max: 2 });
  const env = readEnv({ NODE_ENV: "test" });
  return { context: { db, sql, now: () => now, fetch, log: SILENT, env, config, actor: SYSTEM }, close };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function times(runs: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < runs; i += 1) all.push(await time(() => work(i)));
  return all;
}

try {
  const { to, hasPrometheus } = await build();
  if (!values["build-only"]) process.exitCode = (await measure(to, hasPrometheus)) ? 0 : 1;
} finally {
  if (values.keep === undefined) await rm(folder, { recursive: true, force: true });
}

async function measure(to: Date, hasPrometheus: boolean): Promise<boolean> {
  const from = new Date(to.getTime() - days * DAY_MS);
  const tenth = Math.max(1, Math.round(series / 10));
  const one = (context: Context, n: number) =>
    getMetrics(context, { name: METRIC, metadata: labelsOf(n), from, to, points: 300 });
  const oneDay = (context: Context, n: number) =>
    getMetrics(context, {
      name: METRIC,
      metadata: labelsOf(n),
      from: new Date(to.getTime() - DAY_MS),
      to,
      points: 300,
    });
  const grouped = (context: Context) =>
    getMetrics(context, { name: METRIC, metadata: { process: "p3" }, by: ["region"], from, to, points: 300 });

  // The program itself is warm: it is the database that is restarted, not the product.
  const before = await startPostgres(folder);
  const first = openContext(database(before.url, "whole"), to);
  await times(30, (i) => one(first.context, 1 + (i % series)));
  await first.close();
  await before.stop();

  const cold: number[] = [];
  for (let i = 0; i < COLD_RUNS; i += 1) {
    await evict(folder);
    const postgres = await startPostgres(folder);
    const { context, close } = openContext(database(postgres.url, "whole"), to);
    await context.sql.query("SELECT 1");
    cold.push(await time(() => one(context, 1 + ((i * 137) % series))));
    await close();
    await postgres.stop();
  }

  const postgres = await startPostgres(folder);
  const prometheus = hasPrometheus ? await startPrometheus(folder) : undefined;
  const whole = openContext(database(postgres.url, "whole"), to);
  const small = openContext(database(postgres.url, "tenth"), to);
  try {
    const answer = await one(whole.context, 1);
    const lines = (await grouped(whole.context)).series;
    console.log(
      `one series: ${answer.series[0]?.points.length} points of ${answer.stepSeconds} s from tier ${answer.tier}; ` +
        `grouped: ${lines.length} lines of ${lines[0]?.seriesCount} series each`,
    );
    await times(30, (i) => one(whole.context, 1 + (i % series)));
    await times(30, (i) => one(small.context, 1 + (i % tenth)));
    const ofWhole: number[] = [];
    const ofTenth: number[] = [];
    for (let i = 0; i < RUNS; i += 1) {
      // The same series of both: how much of a table is in memory is another question than how large it is.
      ofWhole.push(await time(() => one(whole.context, 1 + ((i * 37) % tenth))));
      ofTenth.push(await time(() => one(small.context, 1 + ((i * 37) % tenth))));
    }
    const ofDay = (await times(RUNS + 30, (i) => oneDay(whole.context, 1 + ((i * 37) % series)))).slice(30);
    await times(3, () => grouped(whole.context));
    const ofGroups = await times(20, () => grouped(whole.context));
    const figures: Figure[] = [
      { what: "30 d of one series to 300 points, p50", value: percentile(ofWhole, 0.5), unit: "ms" },
      {
        what: "30 d of one series to 300 points, p95",
        value: percentile(ofWhole, 0.95),
        unit: "ms",
        bound: { at: "most", value: 25 },
      },
      {
        what: "the same on a tenth of the data, p95",
        value: percentile(ofTenth, 0.95),
        unit: "ms",
        bound: { at: "most", value: 25 },
      },
      {
        what: "whole over tenth, p50",
        value: percentile(ofWhole, 0.5) / percentile(ofTenth, 0.5),
        unit: "×",
        bound: { at: "most", value: 1.25 },
      },
      { what: "30 d of one series, cold, p50", value: percentile(cold, 0.5), unit: "ms" },
      {
        what: "30 d of one series, cold, slowest",
        value: Math.max(...cold),
        unit: "ms",
        bound: { at: "most", value: 75 },
      },
      {
        what: "cold p50 over warm p95",
        value: percentile(cold, 0.5) / percentile(ofWhole, 0.95),
        unit: "×",
        bound: { at: "most", value: 3 },
      },
      { what: "24 h of one series, p50", value: percentile(ofDay, 0.5), unit: "ms" },
      { what: "24 h of one series, p95", value: percentile(ofDay, 0.95), unit: "ms", bound: { at: "most", value: 5 } },
      { what: "100 series in 10 groups, 30 d, p50", value: percentile(ofGroups, 0.5), unit: "ms" },
    ];
    if (prometheus) {
      const ask = (promql: string) =>
        prometheus.query(promql, new Date(Math.ceil(from.getTime() / 10_800_000) * 10_800_000), to, STEP);
      const selector = (n: number) =>
        Object.entries(labelsOf(n))
          .map(([label, value]) => `${label}="${value}"`)
          .join();
      const askOne = (n: number) => ask(`avg_over_time(${METRIC}{${selector(n)}}[3h])`);
      const askGrouped = () => ask(`avg by (region) (avg_over_time(${METRIC}{process="p3"}[3h]))`);
      await times(20, (i) => askOne(1 + i));
      const theirsOfOne: number[] = [];
      const oursOfOne: number[] = [];
      for (let i = 0; i < RUNS; i += 1) {
        theirsOfOne.push(await time(() => askOne(1 + ((i * 37) % series))));
        oursOfOne.push(await time(() => one(whole.context, 1 + ((i * 37) % series))));
      }
      await times(3, askGrouped);
      const theirsOfGroups = await times(20, askGrouped);
      console.log(`Prometheus ${prometheus.version}`);
      figures.push(
        { what: "100 series in 10 groups, Prometheus, p50", value: percentile(theirsOfGroups, 0.5), unit: "ms" },
        {
          what: "100 series in 10 groups, ours over Prometheus, p50",
          value: percentile(ofGroups, 0.5) / percentile(theirsOfGroups, 0.5),
          unit: "×",
          bound: { at: "most", value: 1 },
        },
        { what: "30 d of one series, Prometheus, p50", value: percentile(theirsOfOne, 0.5), unit: "ms" },
        {
          what: "30 d of one series, ours over Prometheus, p50",
          value: percentile(oursOfOne, 0.5) / percentile(theirsOfOne, 0.5),
          unit: "×",
          bound: { at: "most", value: 1.5 },
        },
      );
    }
    return printFigures(`Charts over ${(series * days * 1440).toLocaleString("en")} samples`, figures);
  } finally {
    await Promise.all([whole.close(), small.close()]);
    await prometheus?.stop();
    await postgres.stop();
  }
}
