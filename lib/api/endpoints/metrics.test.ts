import { beforeAll, expect, test } from "vitest";
import { recordMetric } from "@/lib/metrics/record-metric";
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
