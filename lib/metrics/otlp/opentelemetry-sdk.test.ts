import { setTimeout as pause } from "node:timers/promises";
import { diag, DiagLogLevel } from "@opentelemetry/api";
import { OTLPMetricExporter as JsonExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPMetricExporter as ProtobufExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type ViewOptions,
} from "@opentelemetry/sdk-metrics";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeToken } from "@/lib/testing/actors";
import { startApi } from "@/lib/testing/api-server";
import { storedDistributions, storedValues } from "@/lib/testing/stored-metrics";
import { createTestContext } from "@/lib/testing/test-context";
import { quantileOf } from "../sketch";

/** The OpenTelemetry SDK, as a program uses it, against the API on a real server and a real database. */
const context = await createTestContext();
const address = await startApi(context);
let token = "";
const complaints: string[] = [];

beforeAll(async () => {
  ({ token } = await makeToken(context, { scopes: ["metrics:write"] }));
  const complain = (...words: unknown[]) => void complaints.push(words.map(String).join(" "));
  const quiet = () => undefined;
  diag.setLogger({ error: complain, warn: complain, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.WARN);
  return () => diag.disable();
});

const running: MeterProvider[] = [];
afterAll(() => Promise.all(running.map((provider) => provider.shutdown())));

const EXPORTERS = { JSON: JsonExporter, protobuf: ProtobufExporter };
const { CUMULATIVE, DELTA } = AggregationTemporality;

/** A program that sends when it is told to. */
function startProgram(
  encoding: keyof typeof EXPORTERS,
  { temporality = CUMULATIVE, views = [] }: { temporality?: AggregationTemporality; views?: ViewOptions[] } = {},
) {
  const exporter = new EXPORTERS[encoding]({
    url: `${address}/api/otlp/v1/metrics`,
    headers: { Authorization: `Bearer ${token}` },
    temporalityPreference: temporality,
  });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ "service.name": "shop", "host.name": "node-1", "process.pid": 4711 }),
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
    views,
  });
  running.push(provider);
  // Two points in one millisecond are one.
  const send = async () => {
    await pause(5);
    await provider.forceFlush();
    await pause(5);
  };
  return { meter: provider.getMeter("checkout", "1.2.3"), send };
}

const labels = { "service.name": "shop", "host.name": "node-1", "otel.scope.name": "checkout" };
const QUANTILES = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

/** Prometheus's histogram_quantile over buckets that are not cumulative; `upper` of the last may be infinite. */
function histogramQuantile(buckets: readonly { lower: number; upper: number; count: number }[], q: number): number {
  const rank = q * buckets.reduce((total, { count }) => total + count, 0);
  let before = 0;
  for (const { lower, upper, count } of buckets) {
    if (before + count < rank) {
      before += count;
      continue;
    }
    const from = lower === -Infinity ? 0 : lower;
    return upper === Infinity ? from : from + (upper - from) * ((rank - before) / count);
  }
  return Number.NaN;
}

describe.each(["JSON", "protobuf"] as const)("the OpenTelemetry SDK by %s", (encoding) => {
  const own = (name: string) => `${name}_${encoding}`;

  test("a counter arrives as it was counted, over a restart of the program too", async () => {
    const name = own("orders");
    for (const amounts of [[5, 7, 0.1 + 0.2], [3]]) {
      const { meter, send } = startProgram(encoding);
      const counter = meter.createCounter(name, { unit: "{orders}" });
      for (const amount of amounts) {
        counter.add(amount, { plan: "pro", retries: 2, trial: false });
        await send();
      }
    }
    const rows = await storedValues(context, name);
    // A 0 at the start of each run, then what it had counted so far.
    expect(rows.map(({ value }) => value)).toEqual([0, 5, 12, 12 + (0.1 + 0.2), 0, 3]);
    const series = { kind: "counter", unit: "count", metadata: { ...labels, plan: "pro", retries: 2, trial: false } };
    for (const row of rows) expect(row).toMatchObject(series);
    expect(rows[0]?.metadata).toEqual(series.metadata);
  });

  test("what goes up and down is a level, and so is a gauge", async () => {
    const { meter, send } = startProgram(encoding);
    const queue = meter.createUpDownCounter(own("queue"), { unit: "1" });
    const memory = meter.createGauge(own("memory"), { unit: "By" });
    meter.createObservableGauge(own("load"), { unit: "%" }).addCallback((result) => result.observe(61.25));
    for (const [change, bytes] of [
      [10, 9_007_199_254_740_991],
      [-4, -1e-300],
      [-8.5, 1.7976931348623157e308],
    ] as const) {
      queue.add(change);
      memory.record(bytes);
      await send();
    }
    const level = (unit: string, values: number[]) =>
      values.map((value) => ({ kind: "gauge", unit, metadata: labels, value, at: expect.any(Date) }));
    expect(await storedValues(context, own("queue"))).toEqual(level("", [10, 6, -2.5]));
    expect(await storedValues(context, own("memory"))).toEqual(
      level("bytes", [9_007_199_254_740_991, -1e-300, 1.7976931348623157e308]),
    );
    expect(await storedValues(context, own("load"))).toEqual(level("percent", [61.25, 61.25, 61.25]));
  });

  test("with delta temporality each sample is the amount since the one before", async () => {
    const { meter, send } = startProgram(encoding, { temporality: DELTA });
    const counter = meter.createCounter(own("clicks"), { unit: "{clicks}" });
    const open = meter.createUpDownCounter(own("open"));
    for (const amount of [5, 7, 1]) {
      counter.add(amount);
      open.add(amount);
      await send();
    }
    const rows = await storedValues(context, own("clicks"));
    expect(rows.map(({ kind, value }) => [kind, value])).toEqual([5, 7, 1].map((value) => ["delta", value]));
    // An up-down counter stays cumulative with this preference.
    const levels = await storedValues(context, own("open"));
    expect(levels.map(({ kind, value }) => [kind, value])).toEqual([5, 12, 13].map((value) => ["gauge", value]));
  });

  test.each([
    ["cumulative", CUMULATIVE],
    ["delta", DELTA],
  ] as const)("an explicit histogram, %s: quantiles are those of histogram_quantile", async (word, temporality) => {
    const name = own(`duration_${word}`);
    const bounds = [5, 10, 25, 50, 100, 250, 500, 1_000];
    const options = { boundaries: bounds, recordMinMax: false };
    const views = [
      { instrumentName: name, aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options } as const },
    ];
    const { meter, send } = startProgram(encoding, { temporality, views });
    const histogram = meter.createHistogram(name, { unit: "ms" });
    const batches = [valuesBetween(0, 400, 2_000), valuesBetween(30, 3_000, 5_000), valuesBetween(1, 20, 1_000)];
    for (const values of batches) {
      for (const value of values) histogram.record(value, { route: "/pay" });
      await send();
    }
    const rows = await storedDistributions(context, name);
    expect(rows).toHaveLength(batches.length);
    rows.forEach((row, i) => {
      const values = batches[i] ?? [];
      expect(row).toMatchObject({ kind: "distribution", unit: "ms", count: values.length });
      expect(row.metadata).toEqual({ ...labels, route: "/pay" });
      expectClose(row.sum, sumOf(values), 1e-12);
      const buckets = [...bounds, Infinity].map((upper, at) => {
        const lower = bounds[at - 1] ?? -Infinity;
        return { lower, upper, count: values.filter((value) => value > lower && value <= upper).length };
      });
      for (const q of QUANTILES) {
        const bucket = buckets.find((_, at) => countUpTo(buckets, at) >= q * values.length);
        // The sketch answers with one of the values; histogram_quantile between two of them.
        const step = bucket && bucket.upper < Infinity ? (bucket.upper - Math.max(0, bucket.lower)) / bucket.count : 0;
        const expected = histogramQuantile(buckets, q);
        expect(Math.abs((quantileOf(row.sketch, q) ?? 0) - expected), `p${q * 100}`).toBeLessThanOrEqual(
          0.01 * expected + step,
        );
      }
    });
  });

  test.each([
    ["cumulative", CUMULATIVE],
    ["delta", DELTA],
  ] as const)("an exponential histogram, %s: quantiles are right to 1 %%", async (word, temporality) => {
    const name = own(`latency_${word}`);
    const options = { recordMinMax: true, maxSize: 1_000 };
    const views = [
      { instrumentName: name, aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM, options } as const },
    ];
    const { meter, send } = startProgram(encoding, { temporality, views });
    const histogram = meter.createHistogram(name, { unit: "s" });
    // The second has a wider range: the SDK then merges its buckets to a coarser scale.
    const batches = [
      valuesBetween(0.5, 1, 3_000),
      [...valuesBetween(0.02, 2, 4_000), 0, 0],
      valuesBetween(0.1, 0.2, 500),
    ];
    for (const values of batches) {
      for (const value of values) histogram.record(value);
      await send();
    }
    const rows = await storedDistributions(context, name);
    expect(rows).toHaveLength(batches.length);
    rows.forEach((row, i) => {
      const values = (batches[i] ?? []).toSorted((a, b) => a - b);
      expect(row).toMatchObject({ kind: "distribution", unit: "seconds", metadata: labels, count: values.length });
      expectClose(row.sum, sumOf(values), 1e-9);
      for (const q of QUANTILES) {
        const exact = values[Math.max(0, Math.ceil(q * values.length) - 1)] ?? 0;
        expectClose(quantileOf(row.sketch, q) ?? 0, exact, 0.01);
      }
    });
  });
});

test("the SDK was content with every answer", () => {
  expect(complaints).toEqual([]);
});

/** Values that are the same in each run, spread evenly over the logarithm. */
function valuesBetween(low: number, high: number, count: number): number[] {
  const from = Math.log(low + 1e-3);
  const to = Math.log(high);
  return Array.from({ length: count }, (_, i) => Math.exp(from + (to - from) * ((i * 0.618_033_988_75) % 1)));
}

const sumOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const countUpTo = (buckets: readonly { count: number }[], last: number): number =>
  sumOf(buckets.slice(0, last + 1).map(({ count }) => count));

function expectClose(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(relative * Math.abs(expected));
}
