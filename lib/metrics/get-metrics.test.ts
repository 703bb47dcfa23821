import fc from "fast-check";
import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { getMetrics, getMetricsMany } from "./get-metrics";
import type { Aggregate } from "./query/aggregates";
import { writeSamples } from "./write-samples";

const context = await createTestContext();
const DAY = 86_400_000;
const today = new Date(Math.floor(Date.now() / DAY) * DAY);
const at = (minutes: number) => new Date(today.getTime() + minutes * 60_000);

const write = (name: string, values: Record<number, number>, metadata = {}) =>
  writeSamples(
    context,
    Object.entries(values).map(([minute, value]) => ({
      name,
      unit: "ms",
      metadata,
      recordedAt: at(Number(minute)),
      value,
    })),
  );

test("minutes without a sample are null, not zero and not the minute before", async () => {
  await write("gappy", { 0: 1, 1: 2, 4: 5 });
  const result = await getMetrics(context, { name: "gappy", from: at(-1), to: at(6) });
  expect(result).toEqual({
    name: "gappy",
    unit: "ms",
    stepSeconds: 60,
    tier: "raw",
    series: [
      {
        unit: "ms",
        metadata: {},
        kind: "gauge",
        seriesCount: 1,
        seriesId: expect.any(Number),
        points: [null, 1, 2, null, null, 5, null].map((value, i) => ({ at: at(i - 1), value })),
      },
    ],
  });
});

test.each<[Aggregate, (number | null)[]]>([
  ["avg", [2, null, 7]],
  ["min", [1, null, 7]],
  ["max", [4, null, 7]],
  ["sum", [6, null, 7]],
  ["count", [3, null, 1]],
  ["last", [1, null, 7]],
])("%s of each bucket", async (agg, values) => {
  await write(`agg.${agg}`, { 0: 1, 1: 4, 4: 1, 12: 7 });
  const { series } = await getMetrics(context, { name: `agg.${agg}`, from: at(0), to: at(15), step: 300, agg });
  expect(series[0]?.points.map(({ value }) => value)).toEqual(values);
});

test("buckets are whole multiples of the step since 1970 UTC; the first is whole, the end is excluded", async () => {
  await write("aligned", { 0: 1, 3: 2, 5: 3, 9: 4, 10: 5 });
  const { series } = await getMetrics(context, { name: "aligned", from: at(3), to: at(10), step: 300, agg: "sum" });
  expect(series[0]?.points).toEqual([
    { at: at(0), value: 3 },
    { at: at(5), value: 7 },
  ]);
});

const PLAIN = ["avg", "min", "max", "sum", "count", "last"] as const;

test("every aggregate over random samples is what plain arithmetic says", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        fc.record({ minute: fc.integer({ min: -1_440, max: 1_440 }), value: fc.integer({ min: -1_000, max: 1_000 }) }),
        {
          selector: ({ minute }) => minute,
          minLength: 1,
          maxLength: 60,
        },
      ),
      fc.integer({ min: -1_440, max: 1_000 }),
      fc.integer({ min: 1, max: 1_000 }),
      fc.constantFrom(60, 61, 300, 420, 3_600, 86_400),
      fc.constantFrom(...PLAIN),
      async (samples, fromMinute, length, step, agg) => {
        run += 1;
        await write(`random.${run}`, Object.fromEntries(samples.map(({ minute, value }) => [minute, value])));
        const [from, to] = [at(fromMinute), at(fromMinute + length)];
        const { series } = await getMetrics(context, { name: `random.${run}`, from, to, step, agg });
        const stepMs = step * 1000;
        const first = Math.floor(from.getTime() / stepMs) * stepMs;
        const expected: (number | null)[] = [];
        for (let start = first; start < to.getTime(); start += stepMs) {
          const inside = samples
            .filter(
              ({ minute }) =>
                at(minute).getTime() >= start && at(minute).getTime() < Math.min(start + stepMs, to.getTime()),
            )
            .sort((a, b) => a.minute - b.minute)
            .map(({ value }) => value);
          expected.push(inside.length === 0 ? null : plain(agg, inside));
        }
        expect(series[0]?.points.map(({ value }) => value && Math.round(value * 1e6) / 1e6)).toEqual(
          expected.map((value) => value && Math.round(value * 1e6) / 1e6),
        );
      },
    ),
    { numRuns: 60 },
  );
});

function plain(agg: (typeof PLAIN)[number], values: number[]): number {
  const sum = values.reduce((a, b) => a + b, 0);
  switch (agg) {
    case "avg":
      return sum / values.length;
    case "min":
      return Math.min(...values);
    case "max":
      return Math.max(...values);
    case "sum":
      return sum;
    case "count":
      return values.length;
    case "last":
      return values.at(-1) ?? Number.NaN;
  }
}

test("labels choose series; all that carry them are answered, each with its own points", async () => {
  await write("labelled", { 0: 1 }, { host: "a", quantile: "p50" });
  await write("labelled", { 0: 2 }, { host: "a", quantile: "p95" });
  await write("labelled", { 0: 3 }, { host: "b", quantile: "p95" });
  const values = async (metadata: Record<string, string>) => {
    const { series } = await getMetrics(context, { name: "labelled", from: at(0), to: at(1), metadata });
    return series.map(({ points }) => points[0]?.value);
  };
  expect(await values({})).toEqual([1, 2, 3]);
  expect(await values({ quantile: "p95" })).toEqual([2, 3]);
  expect(await values({ quantile: "p95", host: "b" })).toEqual([3]);
  expect(await values({ quantile: "p99" })).toEqual([]);
});

test("many metrics are read over one range by two statements, each with its own aggregate", async () => {
  await write("many.a", { 0: 1, 1: 3 });
  await write("many.b", { 0: 10, 1: 30 });
  const metrics = [
    { name: "many.a" },
    { name: "many.b", agg: "avg" as const },
    { name: "many.none" },
    { name: "many.a", metadata: {} },
  ];
  const results = await getMetricsMany(context, { from: at(0), to: at(5), step: 300, metrics });
  expect(results.map(({ name, series }) => [name, series[0]?.points[0]?.value])).toEqual([
    ["many.a", 2],
    ["many.b", 20],
    ["many.none", undefined],
    ["many.a", 2],
  ]);
  const [mixed] = await getMetricsMany(context, {
    from: at(0),
    to: at(5),
    step: 300,
    metrics: [
      { name: "many.a", agg: "last" },
      { name: "many.a", agg: "min" },
    ],
  });
  expect(mixed?.series[0]?.points[0]?.value).toBe(3);
});

test("an unknown metric has no series, and that is no error", async () => {
  expect(await getMetrics(context, { name: "nothing", from: at(0), to: at(1) })).toMatchObject({
    unit: "",
    series: [],
  });
});

test("without a range it is the hour before now", async () => {
  context.setNow(at(60));
  await write("recent", { 1: 1, 59: 2 });
  const { series } = await getMetrics(context, { name: "recent" });
  expect(series[0]?.points).toHaveLength(60);
  expect(series[0]?.points[59]).toEqual({ at: at(59), value: 2 });
});

test.each([
  [{ from: at(1), to: at(1) }, "from"],
  [{ from: at(0), to: at(2_000), step: 30 }, "step"],
  [{ from: at(0), to: at(1), step: 0 }, "step"],
  [{ from: "yesterday", to: at(1) }, "from"],
  [{ from: at(0), to: at(1), points: 2_001 }, "points"],
])("refuses %j", async (range, path) => {
  await expect(getMetrics(context, { name: "x", ...range })).rejects.toMatchObject({
    kind: "invalid",
    issues: [{ path }],
  });
});

test("more than 500 series are refused rather than cut", async () => {
  const samples = Array.from({ length: 501 }, (_, i) => ({
    name: "wide",
    unit: "",
    metadata: { i },
    recordedAt: at(0),
    value: i,
  }));
  await writeSamples(context, samples);
  await expect(getMetrics(context, { name: "wide", from: at(0), to: at(1) })).rejects.toMatchObject({
    kind: "invalid",
    issues: [{ path: "metadata" }],
  });
  expect((await getMetrics(context, { name: "wide", from: at(0), to: at(1), metadata: { i: 7 } })).series).toHaveLength(
    1,
  );
});

test("who may not read is refused", async () => {
  await expect(getMetrics(context.as({ kind: "anonymous" }), { name: "x" })).rejects.toMatchObject({
    kind: "unauthenticated",
  });
  const writer = context.as({ kind: "token", id: "t", name: "agent", scopes: ["metrics:write"] });
  await expect(getMetricsMany(writer, { metrics: [{ name: "x" }] })).rejects.toMatchObject({ kind: "forbidden" });
});
