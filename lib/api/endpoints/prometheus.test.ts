import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { createApiListener } from "@/lib/api/node-listener";
import { exposeSeries } from "@/lib/metrics/prometheus/expose-series";
import { writeExposition } from "@/lib/metrics/prometheus/write-text";
import { parseExposition } from "@/lib/metrics/prometheus/parse-text";
import { writeSamples } from "@/lib/metrics/write-samples";
import { makeToken } from "@/lib/testing/actors";
import { callApi } from "@/lib/testing/call-api";
import { addCheck } from "@/lib/testing/checks";
import { findPrometheus, startPrometheus } from "@/lib/testing/prometheus";
import { serveHttp } from "@/lib/testing/servers";
import { createTestContext } from "@/lib/testing/test-context";

const context = await createTestContext();
const { token } = await makeToken(context, { scopes: ["read"] });
const recordedAt = new Date(Math.floor(Date.now() / 1000) * 1000 - 5_000);

await addCheck(context, { key: "shop", label: 'The "shop"\nand more' });
await context.sql.query(
  `UPDATE health_checks SET status = 'failed', last_result_at = now(), last_result = '{"durationMs": 182}' WHERE key = 'shop'`,
);
await context.sql.query(
  "INSERT INTO workers (id, host, pid, started_at, last_seen_at) VALUES (gen_random_uuid(), 'h', 1, now(), now())",
);
await writeSamples(context, [
  { name: "cpu_usage", unit: "percent", value: 61.25, recordedAt, metadata: { host: "a" } },
  { name: "answer.time", unit: "ms", value: 250, recordedAt, metadata: { quantile: "p95", "odd-name": 'a "b"\\c\nd' } },
  { name: "watchkeeper_check_up", unit: "count", value: 1, recordedAt, metadata: { key: "shop" } },
  { name: "job_duration_seconds", unit: "seconds", value: 3, recordedAt },
  { kind: "counter", name: "orders", unit: "count", value: 12, recordedAt },
  { name: "old", unit: "count", value: 1, recordedAt: new Date(Date.now() - 3_600_000) },
  {
    kind: "distribution",
    name: "latency",
    unit: "ms",
    recordedAt,
    temporality: "delta",
    histogram: { count: 100, sum: 5_000, min: 50, max: 50, buckets: [{ lower: 49, upper: 51, count: 100 }] },
  },
]);

const scrape = (headers: Record<string, string> = {}) => callApi(context, "GET /metrics", { token, headers });

test("the newest samples, the checks' states and the product's own state stand there as text", async () => {
  const { status, headers, text } = await scrape();
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const { families, problems } = parseExposition(text);
  expect(problems).toEqual([]);
  const valueOf = (name: string, labels: object = {}) =>
    families
      .flatMap(({ samples }) => samples)
      .find((sample) => sample.name === name && Object.entries(labels).every(([l, v]) => sample.labels[l] === v))
      ?.value;
  expect(valueOf("cpu_usage_percent", { host: "a" })).toBe(61.25);
  expect(valueOf("answer_time_seconds", { percentile: "p95", odd_name: 'a "b"\\c\nd' })).toBe(0.25);
  expect(valueOf("orders_total")).toBe(12);
  expect(valueOf("job_duration_seconds")).toBe(3);
  // Who may push samples can't speak for a check.
  expect(valueOf("pushed_watchkeeper_check_up")).toBe(1);
  expect(valueOf("latency_p95_seconds")).toBeCloseTo(0.05, 3);
  expect(text).not.toContain("\nold");
  expect(valueOf("watchkeeper_check_up", { key: "shop", label: 'The "shop"\nand more' })).toBe(0);
  expect(valueOf("watchkeeper_check_state", { key: "shop", state: "failed" })).toBe(1);
  expect(valueOf("watchkeeper_check_state", { key: "shop", state: "ok" })).toBe(0);
  expect(valueOf("watchkeeper_check_duration_seconds", { key: "shop" })).toBe(0.182);
  expect(valueOf("watchkeeper_worker_last_seen_age_seconds")).toBeLessThan(60);
});

/** Each sample line's value, by its name and labels. */
const valuesOf = (text: string) =>
  new Map(
    [...text.matchAll(/^([^#\s{]+(?:{.*})?) (\S+)/gm)].map(([, name = "", value]): [string, number] => [
      name,
      Number(value),
    ]),
  );

test("the writer's queue: what waits, what was written and who was refused", async () => {
  const before = valuesOf((await scrape()).text);
  expect(before.get("watchkeeper_writer_waiting_samples")).toBe(0);
  const holder = await context.sql.connect();
  await holder.query("BEGIN; LOCK TABLE system_metrics IN SHARE MODE");
  const some = (n: number) =>
    Array.from({ length: 6_000 }, (_, i) => ({
      name: "queued",
      unit: "",
      value: i,
      recordedAt: new Date(recordedAt.getTime() - n * 6_000 - i),
    }));
  const writes = Promise.allSettled(Array.from({ length: 6 }, (_, n) => writeSamples(context, some(n))));
  const during = valuesOf((await scrape()).text);
  expect(during.get("watchkeeper_writer_waiting_samples")).toBe(30_000);
  expect(during.get("watchkeeper_writer_waiting_bytes")).toBeGreaterThan(30_000);
  await holder.query("ROLLBACK");
  holder.release();
  await writes;
  const after = valuesOf((await scrape()).text);
  const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  expect(after.get("watchkeeper_writer_waiting_samples")).toBe(0);
  expect(grown("watchkeeper_writer_committed_samples_total")).toBe(30_000);
  expect(grown("watchkeeper_writer_refusals_total")).toBe(1);
  expect(after.get("watchkeeper_rollups_failed")).toBe(0);
});

test("it says when there are more series than it tells of", async () => {
  const cut = (text: string) => valuesOf(text).get("watchkeeper_exposition_cut");
  expect(cut((await scrape()).text)).toBe(0);
  expect(cut(writeExposition(await exposeSeries(context, 2), "text"))).toBe(1);
  expect(await exposeSeries(context, 2)).toHaveLength(3);
});

test("who asks for OpenMetrics gets it", async () => {
  const { headers, text } = await scrape({ Accept: "application/openmetrics-text;version=1.0.0" });
  expect(headers.get("content-type")).toContain("application/openmetrics-text");
  expect(text).toContain("# TYPE orders counter\norders_total 12");
  expect(text).toMatch(/# EOF\n$/);
});

test.runIf(findPrometheus())("promtool finds nothing to say, and a real Prometheus takes it all in", async () => {
  const { text } = await scrape();
  const checked = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
  expect({ said: checked.stdout + checked.stderr, status: checked.status }).toEqual({ said: "", status: 0 });

  const listener = createApiListener(context, async () => null);
  const server = await serveHttp((incoming, outgoing) => void listener(incoming, outgoing));
  const prometheus = await startPrometheus({ port: server.port, token });
  await expect.poll(() => prometheus.query("up")).toMatchObject([{ value: 1 }]);
  await expect
    .poll(() => prometheus.query("cpu_usage_percent"))
    .toMatchObject([{ value: 61.25, metric: { host: "a" } }]);
  expect(await prometheus.query('watchkeeper_check_up{key="shop"}')).toMatchObject([{ value: 0 }]);
  expect(await prometheus.query("orders_total")).toMatchObject([{ value: 12 }]);
});
