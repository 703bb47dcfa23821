import { monitorEventLoopDelay } from "node:perf_hooks";
import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { storedDistributions } from "@/lib/testing/stored-metrics";
import type { HistogramPoint, OtlpMetric, VisitPoint } from "./model";
import { receiveMetrics } from "./receive-metrics";

const context = await createTestContext();
const start = Date.now() - 3_600_000;
const metric: OtlpMetric = { name: "m", unit: "ms", labels: {}, temporality: 2, isMonotonic: false, isSum: false };

/** Cumulative histograms of many buckets, each point with twice as much as the one before. */
function histograms(name: string, points: number, buckets: number) {
  const explicitBounds = Array.from({ length: buckets - 1 }, (_, i) => 1.05 ** i * 1e-9);
  return (visit: VisitPoint) => {
    for (let i = 1; i <= points; i += 1) {
      const bucketCounts = Array.from({ length: buckets }, () => i * 1_000);
      const point: HistogramPoint = {
        type: "histogram",
        startedMs: start,
        ms: start + i,
        labels: {},
        flags: 0,
        count: i * 1_000 * buckets,
        sum: undefined,
        min: undefined,
        max: undefined,
        bucketCounts,
        explicitBounds,
      };
      visit({ ...metric, name }, () => point);
    }
  };
}

test("a request full of large histograms is stored without holding others up", async () => {
  await receiveMetrics(context, histograms("warm", 2, 50));
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  expect(await receiveMetrics(context, histograms("large", 40, 800))).toBeUndefined();
  delay.disable();
  const rows = await storedDistributions(context, "large");
  expect(rows).toHaveLength(40);
  expect(new Set(rows.map(({ count }) => count))).toEqual(new Set([800_000]));
  // On a machine of its own a quarter of it.
  expect(delay.max / 1e6).toBeLessThan(3_000);
});
