import { beforeAll, describe, expect, test } from "vitest";
import { recordMetric } from "@/lib/metrics/record-metric";
import { writeSamples } from "@/lib/metrics/write-samples";
import { writerOf } from "@/lib/metrics/writer/writer";
import { makeToken } from "@/lib/testing/actors";
import { callApi } from "@/lib/testing/call-api";
import { createTestContext } from "@/lib/testing/test-context";

const context = await createTestContext();
const MINUTE = 60_000;
const start = Math.floor(Date.now() / MINUTE) * MINUTE - 10 * MINUTE;
const at = (minute: number) => new Date(start + minute * MINUTE);
let token = "";

beforeAll(async () => {
  ({ token } = await makeToken(context, { scopes: ["read"] }));
  for (const [minute, value] of [
    [0, 100],
    [1, 200],
    [3, 400],
  ] as const) {
    await recordMetric(context, {
      name: "response_time",
      value,
      unit: "ms",
      metadata: { quantile: "p95", process: "web" },
      recordedAt: at(minute),
    });
  }
  await recordMetric(context, {
    name: "response_time",
    value: 1,
    unit: "ms",
    metadata: { quantile: "p50", process: "web" },
    recordedAt: at(0),
  });
});

const query = (params: string) => callApi(context, `GET /api/v1/metrics/query?${params}`, { token });
const range = `from=${at(0).toISOString()}&to=${at(4).toISOString()}`;

test("the series are listed", async () => {
  const { json } = await callApi(context, "GET /api/v1/metrics?name=response_time", { token });
  expect(json).toMatchObject({ items: [{ name: "response_time", unit: "ms" }, { name: "response_time" }], next: null });
});

test("a range is queried by label and step; a minute without a sample is null", async () => {
  const { status, json } = await query(
    `name=response_time&${range}&step=60&agg=max&labels=quantile=p95&labels=process=web`,
  );
  expect(status).toBe(200);
  expect(json).toEqual({
    name: "response_time",
    unit: "ms",
    stepSeconds: 60,
    tier: "raw",
    series: [
      {
        unit: "ms",
        kind: "gauge",
        seriesCount: 1,
        seriesId: expect.any(Number),
        metadata: { quantile: "p95", process: "web" },
        points: [100, 200, null, 400].map((value, minute) => ({ at: at(minute).toISOString(), value })),
      },
    ],
  });
});

test("labels as JSON, and no labels for all series", async () => {
  expect(
    (await query(`name=response_time&${range}&labels=${encodeURIComponent('{"quantile":"p50"}')}`)).json,
  ).toMatchObject({ series: [{ metadata: { quantile: "p50" } }] });
  expect((await query(`name=response_time&${range}`)).json).toMatchObject({ series: [{}, {}] });
  expect((await query(`name=nothing_like_it&${range}`)).json).toMatchObject({ series: [] });
});

test.each([
  ["", "name"],
  ["name=a&from=yesterday", "from"],
  ["name=a&step=0", "step"],
  ["name=a&step=x", "step"],
  ["name=a&agg=median", "agg"],
  ["name=a&labels=quantile", "labels"],
  ["name=a&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from"],
  ["name=a&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&step=1", "step"],
])("%s is refused at %s", async (params, path) => {
  expect(await query(params)).toMatchObject({ status: 422, json: { issues: [{ path }] } });
});

describe("pushing samples", () => {
  const recordedAt = at(2).toISOString();
  const push = async (samples: unknown, as: Parameters<typeof callApi>[2] = {}) => {
    const { token: writer } = await makeToken(context, { scopes: ["metrics:write"] });
    return callApi(context, "POST /api/v1/metrics", { token: writer, body: { samples }, ...as });
  };
  const stored = async (name: string) => {
    const { rows } = await context.sql.query<{ value: number; kind: string; unit: string; metadata: object; at: Date }>(
      `SELECT value, kind, unit, metadata, recorded_at AS at FROM system_metrics m JOIN metric_series s ON s.id = m.series_id
       WHERE name = $1 ORDER BY recorded_at, metadata`,
      [name],
    );
    return rows;
  };

  test("what is answered is stored, once", async () => {
    const sample = { name: "pushed", value: 1.5, unit: "ms", metadata: { host: "a", n: 1 }, recordedAt };
    const first = await push([sample, { ...sample, value: 2 }, { name: "pushed.now", value: 3, kind: "counter" }]);
    expect([first.status, first.json]).toEqual([200, { stored: 2, duplicates: 1, rejected: [] }]);
    expect((await push([sample])).json).toEqual({ stored: 0, duplicates: 1, rejected: [] });
    expect(await stored("pushed")).toEqual([
      { value: 1.5, kind: "gauge", unit: "ms", metadata: { host: "a", n: 1 }, at: at(2) },
    ]);
    expect(await stored("pushed.now")).toMatchObject([{ value: 3, kind: "counter" }]);
  });

  test("a half wrong request keeps its right half and names each wrong sample", async () => {
    const good = { name: "half_right", value: 1, recordedAt };
    const { status, json } = await push([
      { ...good, value: "1" },
      good,
      { ...good, recordedAt: "1970-01-01T00:00:00Z" },
      { ...good, recordedAt: "2100-01-01T00:00:00Z" },
      { ...good, name: "no name" },
      { ...good, name: "x".repeat(10_000) },
      { ...good, metadata: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`l${i}`, i])) },
      { ...good, metadata: { nested: { a: 1 } } },
      { ...good, metadata: { other: "label" } },
    ]);
    expect(status).toBe(200);
    expect(json).toMatchObject({ stored: 2, duplicates: 0 });
    expect(json).toMatchObject({
      rejected: [
        { index: 0, path: "value" },
        { index: 2, path: "recordedAt", message: expect.stringContaining("samples are kept from") },
        { index: 3, path: "recordedAt", message: expect.stringContaining("samples are kept from") },
        { index: 4, path: "name" },
        { index: 5, path: "name" },
        { index: 6, path: "metadata" },
        { index: 7, path: expect.stringMatching(/^metadata/) },
      ],
    });
    expect(await stored("half_right")).toHaveLength(2);
  });

  test("nothing right is 422, with each sample's fault", async () => {
    const { status, json } = await push([{ name: "x" }, { value: 1 }]);
    expect(status).toBe(422);
    expect(json).toMatchObject({
      detail: expect.stringMatching(/^None of the samples was stored\. samples\.0\.value: /),
      issues: [{ path: "samples.0.value" }, { path: "samples.1.name" }],
    });
  });

  test.each([
    ["no list", "x", 422],
    ["an empty list", [], 422],
    ["more than 10,000", Array.from({ length: 10_001 }, () => 1), 422],
    ["a name of 1 MB", [{ name: "x".repeat(1_048_576), value: 1 }], 413],
  ])("%s is refused with a message", async (_, samples, status) => {
    const answer = await push(samples);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ detail: expect.stringMatching(/./) });
  });

  test.each([
    ["NaN", '{"samples":[{"name":"a","value":NaN}]}', 400],
    ["a number that is too large", '{"samples":[{"name":"a","value":1e999}]}', 422],
    ["a null character", '{"samples":[{"name":"a","value":1,"metadata":{"x":"\\u0000"}}]}', 422],
    ["half of a surrogate pair", '{"samples":[{"name":"a","value":1,"metadata":{"x":"\\ud800"}}]}', 422],
    ["a prototype", '{"samples":[{"name":"a","value":1,"metadata":{"__proto__":{"a":1}}}]}', 422],
  ])("%s is refused", async (_, body, status) => {
    expect((await push([], { body })).status).toBe(status);
  });

  test("when too much waits, 429 says when to come back, before the body is read", async () => {
    const holder = await context.sql.connect();
    await holder.query("BEGIN; LOCK TABLE system_metrics IN SHARE MODE");
    const some = (n: number) =>
      Array.from({ length: 6_000 }, (_, i) => ({
        name: "flood",
        unit: "",
        value: i,
        recordedAt: new Date(start - n * 6_000 - i),
      }));
    const flood = Promise.allSettled(Array.from({ length: 10 }, (_, n) => writeSamples(context, some(n))));
    expect(writerOf(context).isFull()).toBe(true);
    const { status, headers, json } = await push([], { body: "not even JSON" });
    expect([status, headers.get("retry-after")]).toEqual([429, "1"]);
    expect(json).toMatchObject({ title: "Too Many Requests", detail: expect.stringContaining("Send it again later") });
    await holder.query("ROLLBACK");
    holder.release();
    await flood;
    expect((await push([{ name: "after", value: 1 }])).status).toBe(200);
  });
});
