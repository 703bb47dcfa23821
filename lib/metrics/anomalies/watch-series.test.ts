import { beforeEach, describe, expect, test } from "vitest";
import { makePartitions } from "@/lib/db/partitions";
import { userActor } from "@/lib/testing/actors";
import { createTestContext } from "@/lib/testing/test-context";
import type { Sample, ValueSample } from "../sample";
import { getMetrics } from "../get-metrics";
import { writeSamples } from "../write-samples";
import { detectAnomalies } from "./detect-anomalies";
import { listAnomalies } from "./list-anomalies";
import { judgeCharts } from "./judge-charts";
import { listJudged } from "./list-judged";
import { markAnomaly } from "./mark-anomaly";
import { watchSeries } from "./watch-series";

const context = await createTestContext();
const end = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000);
const STEP_MS = 300_000;
const DAYS = 8;
await makePartitions(context.sql, new Date(end.getTime() - (DAYS + 2) * 86_400_000), end);

beforeEach(async () => {
  await context.sql.query(
    "TRUNCATE system_metrics, metric_distributions, metric_series, metric_anomaly_states, metric_anomalies, metric_bands",
  );
  context.setNow(end);
});

/** The same noise at each run. */
const noise = (i: number) =>
  Math.sin(i * 12.9898) * 43_758.5453 - Math.floor(Math.sin(i * 12.9898) * 43_758.5453) - 0.5;

/** Busy at noon, quiet at midnight: a point each five minutes of the days before `end`. */
function daily(name: string, change: (value: number, i: number) => number = (value) => value): ValueSample[] {
  const count = (DAYS * 86_400_000) / STEP_MS;
  return Array.from({ length: count }, (_, i) => {
    const recordedAt = new Date(end.getTime() - (count - i) * STEP_MS);
    const value = 150 + 30 * Math.sin((recordedAt.getTime() / 86_400_000) * 2 * Math.PI) + 6 * noise(i);
    return { name, unit: "ms", recordedAt, value: change(value, i) };
  });
}
const idOf = async (name: string) => {
  const { rows } = await context.sql.query<{ id: number }>("SELECT id FROM metric_series WHERE name = $1", [name]);
  return rows[0]?.id ?? 0;
};
const store = async (samples: Sample[]) => expect((await writeSamples(context, samples)).rejected).toEqual([]);
const SPIKE_AT = (7 * 86_400_000) / STEP_MS;

test("what is usual makes no anomaly; a spike makes one, with its reason and the band it left", async () => {
  await store(daily("calm"));
  await store(daily("spiky", (value, i) => (i === SPIKE_AT ? 900 : value)));
  await watchSeries(context);
  const { items } = await listAnomalies(context, { name: "spiky" });
  expect(items).toMatchObject([{ name: "spiky", unit: "ms", value: 900, at: new Date(end.getTime() - 86_400_000) }]);
  const [found] = items;
  expect(found?.reason).toMatch(/above what is usual.*; usual \d+.* ms/);
  expect(found?.expected.high).toBeLessThan(300);
  expect((await listAnomalies(context, { name: "calm" })).items).toEqual([]);
  expect((await listAnomalies(context, { query: " PIK" })).items).toEqual(items);
  expect((await listAnomalies(context, { query: "al_m" })).items).toEqual([]);
});

test("looked at piece by piece, over many looks, the anomalies are those of one look", async () => {
  const all = daily("whole", (value, i) => (i === SPIKE_AT ? 900 : value));
  await store(all);
  await watchSeries(context);
  for (let from = 0; from < all.length; from += 400) {
    await store(all.slice(from, from + 400).map((sample) => ({ ...sample, name: "pieces" })));
    await watchSeries(context);
  }
  const brief = async (name: string) =>
    (await listAnomalies(context, { name })).items.map(({ at, score, reason }) => ({ at, score, reason }));
  expect(await brief("pieces")).toEqual(await brief("whole"));
  expect(await brief("pieces")).toHaveLength(1);
});

test("two workers that look at once, and a look that is repeated, find each anomaly once", async () => {
  await store(daily("shared", (value, i) => (i === SPIKE_AT ? 900 : value)));
  await Promise.all([watchSeries(context), watchSeries(context)]);
  await watchSeries(context);
  expect((await listAnomalies(context)).items).toHaveLength(1);
});

test("a counter is judged by its rate, and a reset is nothing odd", async () => {
  let total = 0;
  await store(
    daily("orders_total").map((sample, i) => {
      const rate = "value" in sample ? sample.value : 0;
      total = i === 1_500 ? rate : total + (i === SPIKE_AT ? 20 : 1) * rate;
      return { ...sample, kind: "counter", unit: "count", value: total };
    }),
  );
  await watchSeries(context);
  expect((await listAnomalies(context)).items).toMatchObject([{ at: new Date(end.getTime() - 86_400_000) }]);
});

test("a distribution is judged by its 95th percentile", async () => {
  await store(
    daily("latency", (value, i) => (i === SPIKE_AT ? 900 : value)).map(({ name, unit, recordedAt, ...rest }) => {
      const middle = "value" in rest ? rest.value : 0;
      const buckets = [{ lower: middle * 0.99, upper: middle * 1.01, count: 50 }];
      return { kind: "distribution", name, unit, recordedAt, temporality: "delta", histogram: { count: 50, buckets } };
    }),
  );
  await watchSeries(context);
  expect((await listAnomalies(context)).items).toMatchObject([{ name: "latency" }]);
});

test("what was usual is kept as a band that holds nearly all points", async () => {
  const samples = daily("banded");
  await store(samples);
  await watchSeries(context);
  const seriesId = await idOf("banded");
  const bandOf = async (stepMs: number) => {
    const count = 86_400_000 / stepMs;
    const times = Array.from({ length: count }, (_, i) => end.getTime() - (count - i) * stepMs);
    const { usual } = await listJudged(context, { seriesIds: [seriesId], times, end: end.getTime(), charts: [] });
    return usual.get(seriesId);
  };
  const band = await bandOf(STEP_MS);
  expect(band?.low).not.toContain(null);
  const inside = samples.slice(-288).filter((sample, i) => {
    const value = "value" in sample ? sample.value : 0;
    return value >= (band?.low[i] ?? 0) && value <= (band?.high[i] ?? 0);
  });
  expect(inside.length).toBeGreaterThan(0.85 * 288);
  const hours = await bandOf(12 * STEP_MS);
  const widest = hours?.high.map((_, hour) =>
    Math.max(...(band?.high ?? []).slice(12 * hour, 12 * hour + 12).map(Number)),
  );
  expect(hours?.high).toEqual(widest);
  const minutes = await bandOf(60_000);
  expect(minutes?.low).toEqual((band?.low ?? []).flatMap((low) => [low, low, low, low, low]));
});

describe("on charts", () => {
  const range = { from: new Date(end.getTime() - 2 * 86_400_000), to: end, step: 3_600 };
  /** One chart of what is asked for. */
  const judge = async (input: { name: string } & Partial<Parameters<typeof getMetrics>[1]>) => {
    const result = await getMetrics(context, { ...range, ...input });
    const times = result.series[0]?.points.map(({ at }) => at) ?? [];
    const { name, agg = "avg", matchers = [] } = input;
    const charts = [{ metrics: [{ name, matchers }], only: { agg, result } }];
    const [judged] = await judgeCharts(context, { charts, times, end });
    return { values: result.series[0]?.points.map(({ value }) => value ?? 0) ?? [], judged };
  };

  test.each([
    ["a gauge by its average", "gauge", "avg", true],
    ["a gauge's count", "gauge", "count", false],
    ["a counter's rate", "counter", "rate", true],
    ["a counter's sum", "counter", "sum", false],
  ] as const)("a band lies behind what is judged: %s", async (_, kind, agg, expected) => {
    const name = `drawn_${kind}_${agg}`;
    const samples = daily(name, (value, i) => (kind === "counter" ? 200 * i + value / 10 : value));
    await store(samples.map((one) => ({ ...one, kind })));
    await watchSeries(context);
    const { values, judged } = await judge({ name, agg });
    const { low, high } = judged?.usual ?? {};
    expect(low !== undefined).toBe(expected);
    if (low) expect(values.every((value, i) => value >= (low[i] ?? 0) && value <= (high?.[i] ?? 0))).toBe(true);
  });

  test("no band where a line is of several series, or there are several lines; what was odd is told of each", async () => {
    const spiky = daily("hosts", (value, i) => (i === SPIKE_AT ? 900 : value));
    await store(spiky.map((sample) => ({ ...sample, metadata: { host: "a" } })));
    await store(daily("hosts").map((sample) => ({ ...sample, metadata: { host: "b" } })));
    await watchSeries(context);
    const odd = { at: end.getTime() - 86_400_000, label: expect.stringMatching(/^host=a: .* above what is usual/) };
    for (const by of [undefined, []])
      expect((await judge({ name: "hosts", by })).judged).toEqual({ usual: undefined, anomalies: [odd] });
    const only = async (host: string) =>
      (await judge({ name: "hosts", matchers: [{ label: "host", op: "=", value: host }] })).judged;
    expect((await only("b"))?.usual?.low).not.toContain(null);
    expect((await only("b"))?.anomalies).toEqual([]);
    expect((await only("a"))?.anomalies).toEqual([{ ...odd, label: expect.stringMatching(/^(?!host).*usual/) }]);
    const [found] = (await listAnomalies(context)).items;
    await markAnomaly(context, { id: found?.id ?? "", expected: true });
    expect((await only("a"))?.anomalies).toEqual([]);
  });
});

test("a series that is not watched is left alone; a state that can't be read is learned anew", async () => {
  await store(daily("ignored", (value, i) => (i === SPIKE_AT ? 900 : value)));
  await context.sql.query("UPDATE metric_series SET anomalies_watched = false");
  expect(await detectAnomalies(context)).toEqual([]);
  await context.sql.query("UPDATE metric_series SET anomalies_watched = true");
  await store([{ name: "broken", unit: "ms", value: 1, recordedAt: new Date(end.getTime() - STEP_MS) }]);
  await watchSeries(context);
  await context.sql.query("UPDATE metric_anomaly_states SET state = 'not a state'");
  await store([{ name: "broken", unit: "ms", value: 1, recordedAt: new Date(end.getTime() - STEP_MS / 2) }]);
  await watchSeries(context);
  const { rows } = await context.sql.query("SELECT state FROM metric_anomaly_states WHERE state LIKE '{\"version\"%'");
  expect(rows).toHaveLength(1);
});

describe("marking", () => {
  test("an editor says that one was expected, which is shown and recorded, and takes it back", async () => {
    await store(daily("marked", (value, i) => (i === SPIKE_AT ? 900 : value)));
    const [found] = await detectAnomalies(context);
    if (!found) throw new Error("nothing was found");
    const editor = context.as(userActor("editor"));
    await markAnomaly(editor, { id: found.id, expected: true });
    expect((await listAnomalies(context)).items).toMatchObject([{ expectedBy: "A editor", expectedAt: context.now() }]);
    expect((await listAnomalies(context, { show: "unexpected" })).items).toEqual([]);
    await markAnomaly(editor, { id: found.id, expected: false });
    expect((await listAnomalies(context, { show: "unexpected" })).items).toHaveLength(1);
    const audit = await context.db.auditEntry.findMany({ where: { subjectId: found.id }, orderBy: { id: "asc" } });
    expect(audit.map(({ action }) => action)).toEqual(["anomaly.expect", "anomaly.unexpect"]);
  });

  test("a viewer may not, and an unknown one is not found", async () => {
    const id = crypto.randomUUID();
    await expect(markAnomaly(context.as(userActor("viewer")), { id, expected: true })).rejects.toThrow(
      "needs the role editor",
    );
    await expect(markAnomaly(context, { id, expected: true })).rejects.toThrow("There is no such anomaly.");
    await expect(markAnomaly(context, { id: "x", expected: true })).rejects.toThrow("There is no such anomaly.");
  });
});
