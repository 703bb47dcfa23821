import { Client } from "pg";
import { expect, test } from "vitest";
import type { Context } from "@/lib/core/context";
import { openDatabase } from "@/lib/db/client";
import { createTestContext } from "@/lib/testing/test-context";
import { defineRecorder, type Recorder } from "./define-recorder";
import { recordClusterMetrics } from "./record-cluster-metrics";
import { createSampler } from "./sampler";

const context = await createTestContext();
const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const at = (seconds: number) => new Date(minute.getTime() + seconds * 1000);

/** Timers that the test fires. */
function createTimers() {
  const waiting: { run: () => void; ms: number }[] = [];
  return {
    waiting,
    schedule: (run: () => void, ms: number) => {
      const timer = { run, ms };
      waiting.push(timer);
      return () => void (waiting.includes(timer) && waiting.splice(waiting.indexOf(timer), 1));
    },
    /** Fires the timer that waits. */
    fire: () => waiting.shift()?.run(),
  };
}

/** Records 1, 2, 3, … */
function counting(name: string, scope: Recorder["scope"]): Recorder {
  return defineRecorder({
    label: name,
    scope,
    metrics: { [name]: { unit: "count", title: name, description: "Counts." } },
    start: () => {
      let value = 0;
      return { record: () => [{ name, value: (value += 1) }] };
    },
  });
}

const broken = defineRecorder({
  label: "Broken",
  scope: "host",
  metrics: { broken: { unit: "count", title: "Broken", description: "Never there." } },
  start: () => ({
    record: () => {
      throw new Error("no such sensor");
    },
  }),
});

const stored = async (name: string) => {
  const { rows } = await context.sql.query<{ second: number; value: number; metadata: Record<string, string> }>(
    `SELECT (extract(epoch FROM m.recorded_at - $2::timestamptz))::int AS second, m.value, s.metadata
     FROM system_metrics m JOIN metric_series s ON s.id = m.series_id WHERE s.name = $1 ORDER BY 1`,
    [name, minute],
  );
  return rows;
};

test("each full minute is recorded at that minute; one that throws is logged, and the others go on", async () => {
  const warnings: unknown[] = [];
  const log: Context["log"] = Object.assign(Object.create(context.log), {
    warn: (facts: unknown) => warnings.push(facts),
  });
  const timers = createTimers();
  context.setNow(at(12.5));
  const sampler = createSampler(
    { ...context, log, actor: { kind: "anonymous" } },
    {
      process: "web",
      recorders: [broken, counting("steady", "process")],
      schedule: timers.schedule,
    },
  );
  sampler.start();
  sampler.start();
  expect(timers.waiting.map(({ ms }) => ms)).toEqual([47_500]);
  context.setNow(at(60.004));
  timers.fire();
  expect(timers.waiting.map(({ ms }) => ms)).toEqual([59_996]);
  context.setNow(at(120));
  timers.fire();
  await sampler.stop();
  expect(timers.waiting).toEqual([]);
  expect(await stored("steady")).toMatchObject([
    { second: 60, value: 1, metadata: { process: "web", host: expect.stringMatching(/./) } },
    { second: 120, value: 2 },
  ]);
  expect(warnings).toEqual([
    { recorder: "Broken", error: "no such sensor" },
    { recorder: "Broken", error: "no such sensor" },
  ]);
});

test("a timer that wakes early waits on; a minute missed stays a gap, and its difference does not count for the next", async () => {
  const timers = createTimers();
  context.setNow(at(0));
  const sampler = createSampler(context, {
    process: "web",
    recorders: [counting("late", "host")],
    schedule: timers.schedule,
  });
  sampler.start();
  context.setNow(at(59.999));
  timers.fire();
  expect(timers.waiting.map(({ ms }) => ms)).toEqual([1]);
  context.setNow(at(60));
  timers.fire();
  context.setNow(at(135));
  timers.fire();
  context.setNow(at(180));
  timers.fire();
  await sampler.stop();
  expect(await stored("late")).toMatchObject([
    { second: 60, value: 1 },
    { second: 180, value: 3 },
  ]);
});

test("two processes of one host store each host value once, and each its own process's", async () => {
  const timers = createTimers();
  context.setNow(at(0));
  const recorders = () => [counting("shared", "host"), counting("own", "process")];
  const samplers = (["web", "worker"] as const).map((process) =>
    createSampler(context, { process, recorders: recorders(), schedule: timers.schedule }),
  );
  samplers.forEach((sampler) => sampler.start());
  context.setNow(at(60));
  timers.fire();
  timers.fire();
  await Promise.all(samplers.map((sampler) => sampler.stop()));
  expect(await stored("shared")).toHaveLength(1);
  expect((await stored("own")).map(({ metadata }) => metadata["process"]).sort()).toEqual(["web", "worker"]);
});

test("a database that is away makes a gap and nothing else", async () => {
  const timers = createTimers();
  context.setNow(at(0));
  const away = openDatabase("postgresql://nobody@127.0.0.1:1/none", { name: "away", log: context.log });
  const sampler = createSampler(
    { ...context, sql: away.sql },
    { process: "web", recorders: [counting("away", "host")], schedule: timers.schedule },
  );
  sampler.start();
  context.setNow(at(60));
  timers.fire();
  await sampler.stop();
  await away.close();
  expect(await stored("away")).toEqual([]);
});

test("cluster metrics of a slot are stored once, whoever records them; listeners hear of it", async () => {
  const slot = at(300);
  const listener = new Client({ connectionString: context.databaseUrl });
  await listener.connect();
  await listener.query("LISTEN watchkeeper");
  const heard = new Promise((resolve) => listener.once("notification", ({ payload }) => resolve(payload)));
  expect(await recordClusterMetrics(context, slot)).toBeGreaterThanOrEqual(5);
  expect(await recordClusterMetrics(context, slot)).toBe(0);
  expect(JSON.parse(String(await heard))).toEqual({ topic: "metrics" });
  await listener.end();
  expect((await stored("database_size")).map(({ metadata }) => metadata)).toEqual([{}]);
});

test("the first minute of a worker has the database's rates too", async () => {
  const timers = createTimers();
  context.setNow(at(-3_630));
  const sampler = createSampler(context, { process: "worker", recorders: [], schedule: timers.schedule });
  sampler.start();
  await sampler.stop();
  await recordClusterMetrics(context, at(-3_600));
  const seconds = (await stored("database_transactions")).map(({ second }) => second);
  expect(seconds).toContain(-3_600);
});
