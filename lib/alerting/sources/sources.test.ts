import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { record } from "@/lib/testing/alerting";
import { createTestContext } from "@/lib/testing/test-context";
import { makePartitions } from "@/lib/db/partitions";
import { writeSamples } from "@/lib/metrics/write-samples";
import { SOURCE_TYPES, getSourceType } from "../source-registry";

const context = await createTestContext();

beforeEach(async () => {
  context.setNow("2026-11-25T03:00:00Z");
  await context.sql.query("TRUNCATE metric_anomalies, system_metrics, metric_distributions");
});

async function read(source: string, config: object) {
  const answer = await getSourceType(source).read([{ id: "r", severity: "warning", config }], context);
  const readings = answer.get("r") ?? [];
  if ("problem" in readings) return [readings.problem];
  return readings.map(({ subject, holds, value, summary }) => ({ subject, holds, value, summary }));
}

test.each([...SOURCE_TYPES])(
  "%s describes itself, takes its own example, and refuses a field it does not know",
  (_id, source) => {
    expect(source.label).not.toBe("");
    expect(source.description).toMatch(/\.$|\w$/);
    for (const [field, schema] of Object.entries(source.config.shape)) {
      expect(z.globalRegistry.get(schema)?.title ?? schema.meta?.()?.title, `${field} has a title`).toBeTruthy();
    }
    expect(source.config.safeParse(source.example).success).toBe(true);
    expect(source.config.safeParse({ ...source.example, nonsense: 1 }).success).toBe(false);
  },
);

test("a metric is read by labels, window, aggregate and group", async () => {
  for (const [minute, value] of [
    [4, 10],
    [3, 20],
    [2, 30],
    [1, 40],
  ] as const) {
    await record(context, "jobs", value, { unit: "count", secondsAgo: minute * 60, host: "a", queue: "mail" });
    await record(context, "jobs", value * 10, { unit: "count", secondsAgo: minute * 60, host: "b", queue: "mail" });
  }
  const value = async (config: object) =>
    (await read("metric", { metric: "jobs", threshold: 50, ...config })).map((one) =>
      typeof one === "string" ? one : one.value,
    );
  expect(await value({})).toEqual([25, 250]);
  expect(await value({ matchers: ["host=a"] })).toEqual([25]);
  expect(await value({ matchers: ["host=~a|c"], agg: "max" })).toEqual([40]);
  expect(await value({ matchers: ["host!=a"], agg: "min" })).toEqual([100]);
  expect(await value({ together: true, agg: "sum" })).toEqual([1_100]);
  expect(await value({ by: ["queue"], agg: "count" })).toEqual([8]);
  expect(await value({ matchers: ["host=a"], agg: "last" })).toEqual([40]);
  expect(await value({ matchers: ["host=a"], agg: "p50" })).toEqual([20]);
  expect(await value({ matchers: ["host=a"], agg: "p99", windowSeconds: 130 })).toEqual([40]);
  expect(await read("metric", { metric: "jobs", matchers: ["host=a"], threshold: 24, op: "above" })).toEqual([
    {
      subject: "jobs, host a, queue mail",
      holds: true,
      value: 25,
      summary: "jobs, host a, queue mail was on average 25 over the last 5 min (limit 24).",
    },
  ]);
  context.advance(3_600);
  expect(await read("metric", { metric: "jobs", matchers: ["host=a"], threshold: 24 })).toEqual([
    {
      subject: "jobs, host a, queue mail",
      holds: null,
      value: null,
      summary: "jobs, host a, queue mail has no samples in the last 5 min.",
    },
  ]);
});

test("a counter's rate goes over resets", async () => {
  const recordedAt = (minute: number) => new Date(context.now().getTime() - minute * 60_000);
  const values = [
    [4, 100],
    [3, 160],
    [2, 10],
    [1, 40],
  ] as const;
  await writeSamples(
    context,
    values.map(([minute, value]) => ({
      name: "hits",
      unit: "1",
      kind: "counter" as const,
      recordedAt: recordedAt(minute),
      value,
    })),
  );
  const [reading] = await read("metric", { metric: "hits", agg: "rate", threshold: 0.1 });
  expect(reading).toMatchObject({ holds: true, value: (60 + 10 + 30) / 300 });
});

test("a quantile of distributions is one over all of them", async () => {
  await makePartitions(context.sql, context.now(), context.now());
  const histogram = (from: number, count: number) => ({ count, buckets: [{ lower: from, upper: from, count }] });
  const sample = (process: string, from: number, count: number) => ({
    name: "latency",
    unit: "ms",
    metadata: { process },
    kind: "distribution" as const,
    temporality: "delta" as const,
    recordedAt: new Date(context.now().getTime() - 60_000),
    histogram: histogram(from, count),
  });
  await writeSamples(context, [sample("a", 100, 90), sample("b", 1_000, 10)]);
  const [reading] = await read("metric", { metric: "latency", agg: "p95", together: true, threshold: 500 });
  expect(reading).toMatchObject({ holds: true });
  expect((reading as { value: number }).value).toBeGreaterThan(985);
  expect((await read("metric", { metric: "latency", agg: "p50", together: true, threshold: 500 }))[0]).toMatchObject({
    holds: false,
  });
});

test("hysteresis: between the limits it is neither new nor over", async () => {
  await record(context, "load", 4.5, { secondsAgo: 30 });
  const answer = await getSourceType("metric").read(
    [{ id: "r", severity: "warning", config: { metric: "load", threshold: 5, clearThreshold: 4 } }],
    context,
  );
  expect(answer.get("r")).toMatchObject([{ holds: true, isBetween: true }]);
  expect(getSourceType("metric").config.safeParse({ metric: "load", threshold: 5, clearThreshold: 6 }).success).toBe(
    false,
  );
});

test("a series that sent until now and no more is told with its age; one that was never there is not", async () => {
  await record(context, "cpu", 1, { secondsAgo: 301, host: "a" });
  await record(context, "cpu", 1, { secondsAgo: 299, host: "b" });
  await record(context, "cpu", 1, { secondsAgo: 90_000, host: "c" });
  expect(await read("no-data", { metric: "cpu", windowSeconds: 300 })).toEqual([
    {
      subject: "cpu, host a",
      holds: true,
      value: 301,
      summary: "cpu, host a sent nothing for 5 min 1 s (limit 5 min).",
    },
    { subject: "cpu, host b", holds: false, value: 299, summary: expect.any(String) },
  ]);
  expect(await read("no-data", { metric: "nothing" })).toEqual([]);
});

test("a queue that grows is told, a long one that shrinks is not", async () => {
  for (const [minute, growing, shrinking] of [
    [12, 10, 900],
    [8, 60, 700],
    [1, 150, 500],
  ] as const) {
    await record(context, "queue_size", growing, { unit: "count", secondsAgo: minute * 60, queue: "mail" });
    await record(context, "queue_size", shrinking, { unit: "count", secondsAgo: minute * 60, queue: "images" });
  }
  expect(await read("queue-growth", { growth: 100 })).toEqual([
    {
      subject: "queue_size, queue mail",
      holds: true,
      value: 140,
      summary: "queue_size, queue mail grew by 140 in the last 15 min to 150 (limit 100).",
    },
    { subject: "queue_size, queue images", holds: false, value: -400, summary: expect.any(String) },
  ]);
});

test("an anomaly holds for its window, unless somebody expected it or it is slight", async () => {
  await record(context, "orders", 1, { shop: "x" });
  const { rows } = await context.sql.query("SELECT id FROM metric_series WHERE name = 'orders'");
  const add = (score: number, minute: number, expected = false) =>
    context.sql.query(
      `INSERT INTO metric_anomalies (series_id, at, score, kind, value, low, middle, high, reason, expected_at)
       VALUES ($1, $2, $3, 'spike', 9, 1, 2, 3, '4.1× above what is usual', $4)`,
      [rows[0].id, new Date(context.now().getTime() - minute * 60_000), score, expected ? context.now() : null],
    );
  await add(0.8, 1);
  expect(await read("anomaly", {})).toEqual([]);
  await add(0.95, 2, true);
  expect(await read("anomaly", {})).toEqual([]);
  await add(0.97, 3);
  expect(await read("anomaly", {})).toEqual([
    { subject: "orders, shop x", holds: true, value: 9, summary: "orders, shop x: 4.1× above what is usual" },
  ]);
  expect(await read("anomaly", { metric: "others" })).toEqual([]);
  context.advance(900);
  expect(await read("anomaly", {})).toEqual([]);
});

test("an error rate of too few requests says nothing, and a busy process weighs more than an idle one", async () => {
  const web = async (process: string, perSecond: number, percent: number) => {
    await record(context, "request_rate", perSecond, { unit: "per_second", process, secondsAgo: 30 });
    await record(context, "error_rate", percent, { unit: "percent", process, secondsAgo: 30 });
  };
  await web("a", 0.01, 100);
  expect(await read("error-rate", {})).toMatchObject([{ holds: null }]);
  await web("b", 9.99, 0);
  expect(await read("error-rate", {})).toMatchObject([{ holds: false, value: expect.closeTo(0.1, 5) }]);
});
