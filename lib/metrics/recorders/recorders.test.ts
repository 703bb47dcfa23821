import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import type { Reading, Recorder } from "../define-recorder";
import { findOwnMetric, OWN_METRICS } from "../metric-names";
import { createRequestStats } from "../request-stats";
import { writeSamples } from "../write-samples";
import * as recorders from "./index";

const context = await createTestContext();
const { sql, env } = context;
const slot = new Date(Math.floor(Date.now() / 60_000) * 60_000);

async function recordOnce(recorder: Recorder, requestStats = createRequestStats()): Promise<Reading[]> {
  const recording = recorder.start({ sql, env, process: "web", requestStats });
  // Some time has to pass for what is a difference over time.
  await new Promise((wake) => setTimeout(wake, 30));
  const readings = await recording.record(slot);
  recording.stop?.();
  return readings;
}
test.each(Object.entries(recorders))(
  "%s: every metric is described, and what is read is a finite number of one of them",
  async (_, recorder) => {
    expect(recorder.label).not.toBe("");
    for (const [name, { title, description }] of Object.entries(recorder.metrics)) {
      expect(name).toMatch(/^[a-z][a-z_0-9]*$/);
      expect(title).not.toBe("");
      expect(description).toMatch(/\.$/);
    }
    const readings = await recordOnce(recorder);
    for (const { name, value = 0 } of readings) {
      expect(Object.keys(recorder.metrics)).toContain(name);
      expect(value).toBeGreaterThanOrEqual(0);
      if (recorder.metrics[name]?.unit === "percent") expect(value).toBeLessThanOrEqual(100);
    }
  },
);

test("no metric belongs to two recorders", () => {
  expect(new Set(OWN_METRICS.map(({ name }) => name)).size).toBe(OWN_METRICS.length);
  expect(findOwnMetric("cpu_usage")).toMatchObject({ unit: "percent", title: "CPU", scope: "host" });
  expect(findOwnMetric("constructor")).toBeUndefined();
});

test.each([
  ["memory", recorders.memory, ["memory_usage", "memory_used"]],
  ["load", recorders.load, ["load_average", "load_average", "load_average"]],
  ["disk", recorders.disk, ["disk_usage", "disk_free"]],
  ["process", recorders.ownProcess, ["process_rss", "process_heap_used"]],
] as const)("%s reads this machine", async (_, recorder, expected) => {
  const readings = await recordOnce(recorder);
  expect(readings.map((reading) => reading.name).slice(0, expected.length)).toEqual(expected);
});

test("event-loop delay is what a blocked loop was late by, without the interval of looking", async () => {
  const recording = recorders.ownProcess.start({ sql, env, process: "worker" });
  await new Promise((wake) => setTimeout(wake, 250));
  const end = performance.now() + 400;
  while (performance.now() < end);
  await new Promise((wake) => setTimeout(wake, 60));
  const delay = (await recording.record(slot)).find(({ name }) => name === "event_loop_delay");
  recording.stop?.();
  expect(delay?.metadata).toEqual({ quantile: "p99" });
  expect(delay?.value).toBeGreaterThan(150);
  expect(delay?.value).toBeLessThan(2_000);
});

test("requests: quantiles, rate and the share of errors", async () => {
  let ms = 0;
  const stats = createRequestStats(() => ms);
  const recording = recorders.requests.start({ sql, env, process: "web", requestStats: stats });
  for (let i = 0; i < 120; i += 1) stats.observe(100, i < 6 ? 500 : 200);
  ms = 60_000;
  const readings = await recording.record(slot);
  expect(readings.slice(0, 2)).toEqual([
    { name: "request_rate", value: 2 },
    { name: "error_rate", value: 5 },
  ]);
  expect(readings[2]).toMatchObject({ name: "response_time", histogram: { count: 120, sum: 12_000 } });
  expect(readings.slice(3).map(({ metadata }) => metadata?.["quantile"])).toEqual(["p50", "p95", "p99"]);
  expect(readings[3]?.value).toBeGreaterThan(99);
  ms = 120_000;
  expect(await recording.record(slot), "no requests: a rate of 0, and a gap for the rest").toEqual([
    { name: "request_rate", value: 0 },
  ]);
});

test("a process that answers no requests has no request metrics", async () => {
  const recording = recorders.requests.start({ sql, env, process: "worker" });
  expect(await recording.record(slot)).toEqual([]);
});

test("database: rates are the difference to what any worker recorded a minute before", async () => {
  const first = await recordOnce(recorders.database);
  expect(first.map(({ name }) => name)).not.toContain("database_transactions");
  const total = first.find(({ name }) => name === "database_transactions_total")?.value ?? 0;
  await writeSamples(
    context,
    ["database_transactions_total", "database_blocks_hit_total", "database_blocks_read_total"].map((name) => ({
      name,
      unit: "count",
      recordedAt: new Date(slot.getTime() - 60_000),
      value: 0,
    })),
  );
  const second = await recordOnce(recorders.database);
  expect(second.find(({ name }) => name === "database_transactions")?.value).toBeGreaterThanOrEqual(total / 60);
  expect(second.find(({ name }) => name === "database_cache_hit_ratio")?.value).toBeGreaterThan(0);
  expect(second.find(({ name }) => name === "database_connections")?.value).toBeGreaterThanOrEqual(1);
});

test("database: a counter that went back gives no rate", async () => {
  const at = new Date(slot.getTime() - 61_000);
  await writeSamples(context, [{ name: "database_transactions_total", unit: "count", recordedAt: at, value: 1e15 }]);
  expect((await recordOnce(recorders.database)).map(({ name }) => name)).not.toContain("database_transactions");
});

test("queue: nothing without pg-boss; then waiting, failed, oldest and done", async () => {
  expect(await recordOnce(recorders.queue)).toEqual([]);
  // The columns of pg-boss 10 that are read; its own tests make the real one (lib/jobs).
  await sql.query(`
    CREATE SCHEMA pgboss;
    CREATE TYPE pgboss.job_state AS ENUM ('created', 'retry', 'active', 'completed', 'cancelled', 'failed');
    CREATE TABLE pgboss.job (name text, state pgboss.job_state, start_after timestamptz, completed_on timestamptz)`);
  expect((await recordOnce(recorders.queue)).map(({ value }) => value)).toEqual([0, 0, 0, 0]);
  const ago = (ms: number) => new Date(slot.getTime() - ms);
  const rows: [string, string, Date, Date | null][] = [
    ["mail", "created", ago(90_000), null],
    ["mail", "retry", ago(30_000), null],
    ["mail", "created", ago(-3_600_000), null],
    ["mail", "active", ago(500_000), null],
    ["mail", "failed", ago(500_000), ago(400_000)],
    ["mail", "completed", ago(500_000), ago(30_000)],
    ["mail", "completed", ago(500_000), ago(90_000)],
    ["__pgboss__send-it", "created", ago(900_000), null],
  ];
  for (const row of rows) await sql.query("INSERT INTO pgboss.job VALUES ($1, $2, $3, $4)", row);
  expect(await recordOnce(recorders.queue)).toEqual([
    { name: "queue_size", value: 2 },
    { name: "queue_failed", value: 1 },
    { name: "queue_oldest", value: 90_000 },
    { name: "queue_throughput", value: 1 / 60 },
  ]);
});
