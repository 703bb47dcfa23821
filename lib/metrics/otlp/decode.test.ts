import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeOtlp } from "@/lib/testing/encode-otlp";
import { decodeJson } from "./decode-json";
import { decodeProtobuf } from "./decode-protobuf";
import type { OtlpMetric, OtlpPoint, VisitPoint } from "./model";

const decoded = (decode: (visit: VisitPoint) => void) => {
  const points: [OtlpMetric, OtlpPoint][] = [];
  decode((metric, point) => points.push([metric, point()]));
  return points;
};

// What JSON has no word for it writes as a text.
const double = fc.double().map((value) => (Number.isFinite(value) ? value : String(value)));
const count = fc.nat().map(String);
const text = fc.string({ unit: "grapheme", maxLength: 20 });
const { anyValue } = fc.letrec<{ anyValue: object }>((tie) => ({
  anyValue: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    text.map((stringValue) => ({ stringValue })),
    fc.boolean().map((boolValue) => ({ boolValue })),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => ({ intValue: value.toString() })),
    double.map((doubleValue) => ({ doubleValue })),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => ({ bytesValue: Buffer.from(bytes).toString("base64") })),
    fc.constant({}),
    fc.array(tie("anyValue"), { maxLength: 3 }).map((values) => ({ arrayValue: { values } })),
    fc
      .array(fc.record({ key: text, value: tie("anyValue") }), { maxLength: 3 })
      .map((values) => ({ kvlistValue: { values } })),
  ),
}));
const attributes = fc.array(fc.record({ key: fc.oneof(text, fc.constant("host.name")), value: anyValue }), {
  maxLength: 4,
});
const base = {
  startTimeUnixNano: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  timeUnixNano: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  attributes,
  flags: fc.nat(3),
};
const counted = { count, sum: double, min: double, max: double };
const buckets = fc.record({ offset: fc.integer(), bucketCounts: fc.array(count, { maxLength: 6 }) });
const numbers = fc.array(
  fc.oneof(
    fc.record({ ...base, asDouble: double }),
    fc.record({ ...base, asInt: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) }),
  ),
  { maxLength: 3 },
);
const temporality = { aggregationTemporality: fc.nat(3) };
const points = (point: Record<string, fc.Arbitrary<unknown>>) =>
  fc.array(fc.record(point, { requiredKeys: [] }), { maxLength: 3 });
const data = fc.oneof(
  fc.record({ gauge: fc.record({ dataPoints: numbers }) }),
  fc.record({ sum: fc.record({ dataPoints: numbers, ...temporality, isMonotonic: fc.boolean() }) }),
  fc.record({
    histogram: fc.record({
      ...temporality,
      dataPoints: points({
        ...base,
        ...counted,
        bucketCounts: fc.array(count, { maxLength: 6 }),
        explicitBounds: fc.array(double, { maxLength: 6 }),
      }),
    }),
  }),
  fc.record({
    exponentialHistogram: fc.record({
      ...temporality,
      dataPoints: points({
        ...base,
        ...counted,
        scale: fc.integer(),
        zeroCount: count,
        zeroThreshold: double,
        positive: buckets,
        negative: buckets,
      }),
    }),
  }),
  fc.record({
    summary: fc.record({
      dataPoints: points({
        ...base,
        count,
        sum: double,
        quantileValues: fc.array(fc.record({ quantile: double, value: double }), { maxLength: 3 }),
      }),
    }),
  }),
);
const metric = fc
  .tuple(fc.record({ name: text, unit: text, description: text }), data)
  .map(([head, body]) => ({ ...head, ...body }));
/** An ExportMetricsServiceRequest as JSON. */
const request = fc.record({
  resourceMetrics: fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      scopeMetrics: fc.array(
        fc.record({ scope: fc.record({ name: text, attributes }), metrics: fc.array(metric, { maxLength: 3 }) }),
        {
          maxLength: 2,
        },
      ),
    }),
    { maxLength: 2 },
  ),
});

test("protobuf and JSON of one request are the same points", () => {
  fc.assert(
    fc.property(request, (json) => {
      const byJson = decoded((visit) => decodeJson(JSON.parse(JSON.stringify(json)), visit));
      expect(decoded((visit) => decodeProtobuf(encodeOtlp(json), visit))).toEqual(byJson);
    }),
    { numRuns: 300, endOnFailure: true },
  );
});

test("every field of every kind of point is read", () => {
  const attributes = [
    { key: "text", value: { stringValue: "é" } },
    { key: "int", value: { intValue: "-9007199254740993" } },
    { key: "list", value: { arrayValue: { values: [{ intValue: 1 }, { boolValue: true }] } } },
    { key: "map", value: { kvlistValue: { values: [{ key: "a", value: { doubleValue: "NaN" } }] } } },
    { key: "none", value: {} },
    { key: "__proto__", value: { boolValue: false } },
  ];
  const json = {
    resourceMetrics: [
      {
        resource: {
          attributes: [
            { key: "process.pid", value: { intValue: 1 } },
            { key: "service.name", value: { stringValue: "shop" } },
          ],
        },
        scopeMetrics: [
          {
            scope: { name: "lib" },
            metrics: [
              {
                name: "latency",
                unit: "ms",
                exponentialHistogram: {
                  aggregationTemporality: 2,
                  dataPoints: [
                    {
                      startTimeUnixNano: "1700000000000000000",
                      timeUnixNano: "1700000000123400000",
                      attributes,
                      flags: 2,
                      count: "6",
                      sum: 10.5,
                      min: -2,
                      max: 8,
                      scale: -1,
                      zeroCount: 1,
                      zeroThreshold: 0.25,
                      positive: { offset: -3, bucketCounts: ["1", 2] },
                      negative: { offset: 4, bucketCounts: [2] },
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    ],
  };
  const expected = [
    [
      {
        name: "latency",
        unit: "ms",
        labels: { "service.name": "shop", "otel.scope.name": "lib" },
        temporality: 2,
        isMonotonic: false,
        isSum: false,
      },
      {
        type: "exponential",
        startedMs: 1_700_000_000_000,
        ms: 1_700_000_000_123,
        labels: Object.fromEntries([
          ["text", "é"],
          ["int", "-9007199254740993"],
          ["list", "[1,true]"],
          ["map", '{"a":null}'],
          ["__proto__", false],
        ]),
        flags: 2,
        count: 6,
        sum: 10.5,
        min: -2,
        max: 8,
        scale: -1,
        zeroCount: 1,
        zeroThreshold: 0.25,
        positive: { offset: -3, counts: [1, 2] },
        negative: { offset: 4, counts: [2] },
      },
    ],
  ];
  expect(decoded((visit) => decodeJson(json, visit))).toEqual(expected);
  expect(decoded((visit) => decodeProtobuf(encodeOtlp(json), visit))).toEqual(expected);
});
