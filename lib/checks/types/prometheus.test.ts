import { Counter, Gauge, Histogram, Registry, Summary } from "prom-client";
import { beforeEach, expect, test } from "vitest";
import { decodeSketch } from "@/lib/metrics/sketch-bytes";
import { quantileOf } from "@/lib/metrics/sketch";
import { writeSamples } from "@/lib/metrics/write-samples";
import { runType } from "@/lib/testing/run-type";
import { refusedPort, serveHttp } from "@/lib/testing/servers";
import { createTestContext } from "@/lib/testing/test-context";
import { prometheus } from "./prometheus";

const context = await createTestContext();
const start = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 600_000);
beforeEach(() => context.setNow(start));

/** A target that exposes a text or a registry of prom-client. @returns runs the check against it */
async function serve(source: string | Registry) {
  const server = await serveHttp((_request, response) => {
    const text = typeof source === "string" ? Promise.resolve(source) : source.metrics();
    const type = typeof source === "string" ? "text/plain" : source.contentType;
    void text.then((body) => response.writeHead(200, { "content-type": type }).end(body));
  });
  return (config: object = {}) =>
    runType(
      prometheus,
      { url: `http://127.0.0.1:${server.port}/metrics`, job: "test", ...config },
      { now: context.now, writeSamples: (samples) => writeSamples(context, samples) },
    );
}

const scrape = async (source: string | Registry, config?: object) => (await serve(source))(config);

async function valuesOf(name: string) {
  const { rows } = await context.sql.query<{
    kind: string;
    unit: string;
    metadata: Record<string, string>;
    value: number;
  }>(
    `SELECT kind::text, unit, metadata - 'instance' - 'job' AS metadata, value
     FROM system_metrics m JOIN metric_series s ON s.id = m.series_id WHERE name = $1 ORDER BY recorded_at, metadata::text`,
    [name],
  );
  return rows;
}

test("what prom-client exposes arrives as it was counted, over a reset too", async () => {
  const registry = new Registry();
  const jobs = new Counter({ name: "jobs_total", help: "h", labelNames: ["queue"], registers: [registry] });
  const heap = new Gauge({ name: "heap_bytes", help: "h", registers: [registry] });
  jobs.inc({ queue: 'a "b"\n' }, 41);
  heap.set(1.5e9);
  const read = await serve(registry);
  expect(await read()).toMatchObject({ status: "ok", meta: { samples: 2, stored: 2 } });
  context.advance(60);
  jobs.inc({ queue: 'a "b"\n' }, 1);
  await read();
  context.advance(60);
  jobs.reset();
  jobs.inc({ queue: 'a "b"\n' }, 3);
  await read();
  const labels = { queue: 'a "b"\n' };
  expect(await valuesOf("jobs_total")).toEqual(
    [41, 42, 3].map((value) => ({ kind: "counter", unit: "count", metadata: labels, value })),
  );
  expect((await valuesOf("heap_bytes"))[0]).toEqual({ kind: "gauge", unit: "bytes", metadata: {}, value: 1.5e9 });
});

test("a histogram becomes a distribution: each scrape adds what came since the one before", async () => {
  const registry = new Registry();
  const latency = new Histogram({
    name: "latency_seconds",
    help: "h",
    buckets: [0.1, 0.2, 0.4],
    registers: [registry],
  });
  const observe = (count: number, value: number) => {
    for (let i = 0; i < count; i += 1) latency.observe(value);
  };
  const read = await serve(registry);
  observe(10_000, 0.15);
  await read();
  context.advance(60);
  observe(50, 0.3);
  await read();
  const { rows } = await context.sql.query<{ count: string; sum: number; sketch: Buffer }>(
    "SELECT count, sum, sketch FROM metric_distributions d JOIN metric_series s ON s.id = d.series_id WHERE name = 'latency_seconds' ORDER BY recorded_at",
  );
  expect(rows.map(({ count }) => Number(count))).toEqual([10_000, 50]);
  expect(rows[1]?.sum).toBeCloseTo(15, 6);
  // As histogram_quantile has it: evenly spread over the bucket from 0.1 to 0.2.
  const p50 = quantileOf(decodeSketch(rows[0]?.sketch ?? Buffer.of()), 0.5) ?? 0;
  expect(Math.abs(p50 - 0.15) / 0.15).toBeLessThanOrEqual(0.01);
});

test("a summary becomes its quantiles and two counters", async () => {
  const registry = new Registry();
  const wait = new Summary({ name: "wait_seconds", help: "h", percentiles: [0.5, 0.9], registers: [registry] });
  for (let i = 1; i <= 10; i += 1) wait.observe(i);
  await scrape(registry);
  expect(await valuesOf("wait_seconds")).toMatchObject([
    { kind: "gauge", unit: "seconds", metadata: { quantile: "0.5" }, value: 5.5 },
    { kind: "gauge", metadata: { quantile: "0.9" } },
  ]);
  expect(await valuesOf("wait_seconds_count")).toMatchObject([{ kind: "counter", value: 10 }]);
  expect(await valuesOf("wait_seconds_sum")).toMatchObject([{ kind: "counter", value: 55 }]);
});

test("OpenMetrics: _created says since when a counter counts", async () => {
  const created = start.getTime() / 1000 - 30;
  const server = await serveHttp((_request, response) => {
    const text = `# TYPE visits counter\nvisits_total 7\nvisits_created ${created}\n# EOF\n`;
    response.writeHead(200, { "content-type": "application/openmetrics-text; version=1.0.0" }).end(text);
  });
  await runType(
    prometheus,
    { url: `http://127.0.0.1:${server.port}/` },
    { now: context.now, writeSamples: (samples) => writeSamples(context, samples) },
  );
  expect((await valuesOf("visits_total")).map(({ value }) => value)).toEqual([0, 7]);
});

test("only the metrics that are wanted are stored, and the target's own job label is kept beside ours", async () => {
  const text = 'http_a{job="own"} 1\nhttp_b 2\ngo_c 3\n';
  expect(await scrape(text, { include: ["http_*"], exclude: ["*_b"] })).toMatchObject({ meta: { stored: 1 } });
  expect(await valuesOf("http_a")).toMatchObject([{ metadata: { exported_job: "own" } }]);
  expect(await valuesOf("http_b")).toEqual([]);
});

test("a counter is wanted by the name of its samples too, and a filter that fits nothing is told", async () => {
  const text = "# TYPE tours counter\ntours_total 3\n";
  expect(await scrape(text, { include: ["tours_total"] })).toMatchObject({ status: "ok", meta: { stored: 1 } });
  expect(await scrape(text, { include: ["t*s"], exclude: ["*_bytes"] })).toMatchObject({ meta: { stored: 1 } });
  const none = await scrape(text, { include: ["nothing_*"] });
  expect(none).toMatchObject({
    status: "warning",
    message: expect.stringContaining("no metric that the filter names"),
  });
  expect(await scrape(`${"a_".repeat(400)} 1\nb 1\n`, { include: ["*_a*_a*_a*_a*_b", "b"] })).toMatchObject({
    meta: { stored: 1 },
  });
});

test("a gauge may be called _created; an OpenMetrics answer that was cut off is told", async () => {
  await scrape("# TYPE pod_created gauge\npod_created 1700000000\n");
  expect(await valuesOf("pod_created")).toMatchObject([{ kind: "gauge", value: 1_700_000_000 }]);
  const server = await serveHttp((_request, response) => {
    response.writeHead(200, { "content-type": "application/openmetrics-text" }).end("# TYPE cut gauge\ncut 1\n");
  });
  const answer = await runType(
    prometheus,
    { url: `http://127.0.0.1:${server.port}/` },
    { now: context.now, writeSamples: (samples) => writeSamples(context, samples) },
  );
  expect(answer).toMatchObject({ status: "warning", message: expect.stringContaining('ended without "# EOF"') });
});

test("times that no date can hold are told or left out, and never break the check", async () => {
  const text =
    '# TYPE h histogram\nh_bucket{le="+Inf"} 1\nh_count 1\nh_sum 1\nh_created 1e300\nfine_4 1\nfar 1 1e300\n';
  const answer = await scrape(text);
  expect(answer).toMatchObject({ status: "warning", meta: { stored: 2 } });
});

test("wrong lines are told and the others stored", async () => {
  const answer = await scrape("fine_1 1\nbroken x\nfine_2 2\n");
  expect(answer).toMatchObject({ status: "warning", meta: { stored: 2 } });
  expect(answer.message).toMatch(/, line 2: "x" is not a number/);
});

test("a sample that can't be stored is told, and the others stored", async () => {
  const answer = await scrape('fine_3 1\nendless +Inf\nlong{x="' + "y".repeat(2_000) + '"} 1\n');
  expect(answer).toMatchObject({ status: "warning", meta: { stored: 1 } });
  expect(answer.message).toMatch(/^2 samples were not stored: /);
});

test.each([
  ["nothing", "", /answered no metrics\.$/],
  ["a web page", "<html></html>", /answered no metrics: line 1: a metric name is missing/],
  ["too much", Array.from({ length: 30 }, (_, i) => `m${i} 1`).join("\n"), /more than 20 samples .*none was stored/],
])("%s fails with the cause", async (_, text, message) => {
  const answer = await scrape(text, { sampleLimit: 20 });
  expect(answer).toMatchObject({ status: "failed" });
  expect(answer.message).toMatch(message);
});

test("the limit is on what is wanted: what the filter leaves out does not count", async () => {
  const noise = Array.from({ length: 30 }, (_, i) => `noise_${i} 1`).join("\n");
  const kept = Array.from({ length: 5 }, (_, i) => `kept{n="${i}"} 1`).join("\n");
  const read = (config: object) => scrape(`${noise}\n${kept}\n`, { sampleLimit: 20, ...config });
  expect(await read({ include: ["kept"] })).toMatchObject({ status: "ok", meta: { samples: 35, stored: 5 } });
  expect(await read({ exclude: ["noise_*"] })).toMatchObject({ status: "ok" });
  const tooMuch = await read({ include: ["noise_*"] });
  expect(tooMuch).toMatchObject({
    status: "failed",
    message: expect.stringMatching(/more than 20 samples .*want fewer/),
  });
  const flood = Array.from({ length: 200_001 }, (_, i) => `f ${i}`).join("\n");
  expect(await scrape(flood, { include: ["kept"] })).toMatchObject({
    status: "failed",
    message: expect.stringMatching(/more than 200,000 samples, more than are read/),
  });
});

test("a target that refuses, or is not there, fails with the cause", async () => {
  const server = await serveHttp((_request, response) => response.writeHead(401).end());
  const url = `http://127.0.0.1:${server.port}/metrics`;
  expect(await runType(prometheus, { url })).toMatchObject({
    status: "failed",
    shortSummary: "401",
    message: `GET ${url} answered 401 (expected 200).`,
  });
  const gone = `http://127.0.0.1:${await refusedPort()}/metrics`;
  expect(await runType(prometheus, { url: gone })).toMatchObject({ status: "failed", shortSummary: "no answer" });
});
