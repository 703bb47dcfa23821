import { describe, expect, test } from "vitest";
import type { ExponentialPoint, HistogramPoint, NumberPoint, OtlpMetric, SummaryPoint } from "./model";
import { toSamples } from "./to-samples";
import { toUnit } from "./units";

const metric: OtlpMetric = {
  name: "m",
  unit: "ms",
  labels: { "service.name": "shop", zone: "a" },
  temporality: 2,
  isMonotonic: true,
  isSum: true,
};
const base = { startedMs: 1_000, ms: 2_000, labels: { zone: "b" }, flags: 0 };
const number: NumberPoint = { type: "number", ...base, value: 5 };
const exponential: ExponentialPoint = {
  type: "exponential",
  ...base,
  count: 6,
  sum: 1,
  min: undefined,
  max: undefined,
  scale: 0,
  zeroCount: 1,
  zeroThreshold: 0.5,
  positive: { offset: 1, counts: [2, 0, 1] },
  negative: { offset: -1, counts: [1, 1] },
};
const explicit: HistogramPoint = {
  type: "histogram",
  ...base,
  count: 3,
  sum: 9,
  min: 1,
  max: 5,
  bucketCounts: [1, 0, 2],
  explicitBounds: [1, 3],
};
const common = { name: "m", unit: "ms", recordedAt: new Date(2_000), startedAt: new Date(1_000) };
const metadata = { "service.name": "shop", zone: "b" };

test.each([
  ["a monotonic sum since the start is a counter", { temporality: 2, isMonotonic: true }, "counter"],
  ["a sum since the point before is a delta", { temporality: 1, isMonotonic: true }, "delta"],
  ["so is one that may fall", { temporality: 1, isMonotonic: false }, "delta"],
  ["a sum that may fall is a level", { temporality: 2, isMonotonic: false }, "gauge"],
  ["a gauge is a level", { isSum: false, temporality: 0 }, "gauge"],
])("%s; the point's own label counts before the resource's", (_, changes, kind) => {
  expect(toSamples({ ...metric, ...changes }, number)).toEqual([{ ...common, metadata, kind, value: 5 }]);
});

test("an explicit histogram's buckets lie between its bounds; the empty ones are left out", () => {
  const histogram = {
    count: 3,
    sum: 9,
    min: 1,
    max: 5,
    buckets: [
      { lower: -Infinity, upper: 1, count: 1 },
      { lower: 3, upper: Infinity, count: 2 },
    ],
  };
  const sample = { ...common, metadata, kind: "distribution", temporality: "cumulative", histogram };
  expect(toSamples(metric, explicit)).toEqual([sample]);
  const open = { ...explicit, bucketCounts: [], explicitBounds: [] };
  const buckets = [{ lower: -Infinity, upper: Infinity, count: 3 }];
  expect(toSamples(metric, open)).toEqual([{ ...sample, histogram: { ...histogram, buckets } }]);
});

test("an exponential histogram's buckets are powers of 2^(2^-scale), mirrored below zero, and ascend", () => {
  const bounds = (point: ExponentialPoint) =>
    toSamples({ ...metric, temporality: 1 }, point).flatMap((sample) =>
      sample.kind === "distribution"
        ? sample.histogram.buckets.map(({ lower, upper, count }) => [lower, upper, count])
        : [],
    );
  expect(bounds(exponential)).toEqual([
    [-2, -1, 1],
    [-1, -0.5, 1],
    [-0.5, 0.5, 1],
    [2, 4, 2],
    [8, 16, 1],
  ]);
  const wide = { ...exponential, scale: -2, zeroCount: 0, negative: { offset: 0, counts: [] } };
  expect(bounds({ ...wide, positive: { offset: -1, counts: [1, 1] } })).toEqual([
    [1 / 16, 1, 1],
    [1, 16, 1],
  ]);
  const [[lower = 0, upper = 0] = []] = bounds({ ...wide, scale: 3, positive: { offset: 8, counts: [1] } });
  expect(lower).toBe(2);
  expect(upper).toBeCloseTo(2 * 2 ** (1 / 8), 12);
});

test("a summary is a level for each quantile, and counters of count and sum", () => {
  const summary: SummaryPoint = {
    type: "summary",
    ...base,
    count: 10,
    sum: 55,
    quantiles: [
      { quantile: 0.5, value: 5 },
      { quantile: 0.99, value: Number.NaN },
    ],
  };
  expect(toSamples(metric, summary)).toEqual([
    { ...common, metadata, name: "m_count", unit: "count", kind: "counter", value: 10 },
    { ...common, metadata, name: "m_sum", kind: "counter", value: 55 },
    {
      name: "m",
      unit: "ms",
      recordedAt: new Date(2_000),
      metadata: { ...metadata, quantile: "0.5" },
      kind: "gauge",
      value: 5,
    },
  ]);
});

test("a delta in which nothing was measured is nothing", () => {
  const empty = { ...explicit, count: 0, bucketCounts: [0, 0, 0] };
  expect(toSamples({ ...metric, temporality: 1 }, empty)).toEqual([]);
  expect(toSamples(metric, empty)).toHaveLength(1);
});

describe("what can't be stored says why", () => {
  test.each([
    ["no time", metric, { ...number, ms: undefined }, "has no time"],
    ["no value", metric, { ...number, value: undefined }, "has no value"],
    ["no temporality", { ...metric, temporality: 0 }, number, "must have the aggregation temporality"],
    ["an unknown temporality", { ...metric, temporality: 3 }, explicit, "must have the aggregation temporality"],
    ["too few bounds", metric, { ...explicit, explicitBounds: [1] }, "has 3 bucket counts for 1 bounds"],
    ["bounds that fall", metric, { ...explicit, explicitBounds: [3, 1] }, "its bounds must ascend"],
    ["bounds that are none", metric, { ...explicit, explicitBounds: [1, Number.NaN] }, "its bounds must ascend"],
    ["a scale that is too fine", metric, { ...exponential, scale: 21 }, "its scale must lie from -10 to 20"],
    ["a scale that is too coarse", metric, { ...exponential, scale: -11 }, "its scale must lie from -10 to 20"],
    ["a zero threshold below 0", metric, { ...exponential, zeroThreshold: -1 }, "its zero threshold must be"],
    [
      "a bucket at infinity",
      metric,
      { ...exponential, positive: { offset: 2_000, counts: [1] } },
      "beyond all numbers",
    ],
    ["a broken name", { ...metric, name: "a\ud800" }, number, "half of a surrogate pair"],
    ["a null in a label", metric, { ...number, labels: { a: "\0" } }, "null character"],
  ])("%s", (_, wrongMetric, point, message) => {
    expect(() => toSamples(wrongMetric, point)).toThrow(message);
  });
});

test.each([
  ["ms", "ms"],
  ["s", "seconds"],
  ["By", "bytes"],
  ["By/s", "bytes_per_second"],
  ["1", ""],
  ["", ""],
  ["%", "percent"],
  ["{requests}", "count"],
  ["{requests}/s", "per_second"],
  ["1/s", "per_second"],
  ["Cel", "Cel"],
])("the unit %s is %s", (ucum, unit) => {
  expect(toUnit(ucum)).toBe(unit);
});
