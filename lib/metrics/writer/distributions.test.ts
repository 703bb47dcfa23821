import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import type { DistributionSample, Histogram } from "../sample";
import { quantileOf } from "../sketch";
import { decodeSketch } from "../sketch-bytes";
import { writeSamples } from "../write-samples";

const context = await createTestContext();
const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const later = (seconds: number) => new Date(minute.getTime() + seconds * 1_000);

const buckets = (...counts: number[]) =>
  counts.flatMap((count, i) => (count > 0 ? [{ lower: i * 10, upper: (i + 1) * 10, count }] : []));
const histogram = (...counts: number[]): Histogram => ({
  count: counts.reduce((a, b) => a + b, 0),
  buckets: buckets(...counts),
});
const point = (
  name: string,
  seconds: number,
  value: Histogram,
  more: Partial<DistributionSample> = {},
): DistributionSample => ({
  kind: "distribution",
  name,
  unit: "ms",
  temporality: "cumulative",
  recordedAt: later(seconds),
  histogram: value,
  ...more,
});

const read = async (name: string) => {
  const { rows } = await context.sql.query<{ count: number; sum: number; min: number; max: number; sketch: Buffer }>(
    `SELECT count::float8 AS count, sum, min, max, sketch FROM metric_distributions d JOIN metric_series s ON s.id = d.series_id
     WHERE s.name = $1 ORDER BY recorded_at`,
    [name],
  );
  return rows;
};

test("a delta is stored as it comes, once", async () => {
  const sample = point("d", 0, { ...histogram(5, 5), sum: 77, min: 1, max: 19 }, { temporality: "delta" });
  expect(await writeSamples(context, [sample, sample])).toMatchObject({ stored: 1, duplicates: 1 });
  expect(await writeSamples(context, [sample])).toMatchObject({ stored: 0, duplicates: 1 });
  const [row] = await read("d");
  expect(row).toMatchObject({ count: 10, sum: 77, min: 1, max: 19 });
  expect(quantileOf(decodeSketch(row?.sketch ?? Buffer.alloc(0)), 1)).toBeGreaterThan(17);
});

test("of what counts since its start the difference is stored, over resets, in one or many calls", async () => {
  const startedAt = later(-60);
  const restartedAt = later(25);
  const first = [
    point("c", 20, histogram(3, 4), { startedAt }),
    point("c", 10, histogram(1, 2), { startedAt }),
    point("c", 10, histogram(9, 9), { startedAt }),
  ];
  expect(await writeSamples(context, first)).toMatchObject({ stored: 2, duplicates: 1, rejected: [] });
  expect(
    await writeSamples(context, [
      point("c", 30, histogram(2, 1), { startedAt: restartedAt }),
      point("c", 15, histogram(2, 3), { startedAt }),
    ]),
  ).toMatchObject({ stored: 1, duplicates: 1 });
  expect(await writeSamples(context, [point("c", 40, histogram(2, 1), { startedAt: restartedAt })])).toMatchObject({
    stored: 1,
  });
  expect(await writeSamples(context, [point("c", 50, histogram(0, 1), { startedAt: restartedAt })])).toMatchObject({
    stored: 1,
  });
  // 40 s: nothing new was measured, so nothing is stored. 50 s: it fell, so it began anew.
  expect((await read("c")).map(({ count }) => count)).toEqual([3, 4, 3, 1]);
});

test("two processes that send one series in turns neither count twice nor lose", async () => {
  const calls = Array.from({ length: 40 }, (_, i) =>
    writeSamples(context, [point("turns", i, histogram(i + 1, 2 * i + 1))]),
  );
  const outcomes = await Promise.all(calls);
  const rows = await read("turns");
  expect(outcomes.every(({ rejected }) => rejected.length === 0)).toBe(true);
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(40 + 79);
});

test("values and distributions go together; a wrong histogram is named", async () => {
  const outcome = await writeSamples(context, [
    { name: "mixed_value", unit: "", recordedAt: minute, value: 1 },
    point("mixed", 0, { count: 3, buckets: buckets(1, 1) }),
    point("mixed", 1, { count: 1, buckets: [{ lower: 5, upper: 2, count: 1 }] }),
    point("mixed", 2, { count: 2 ** 60, buckets: [{ lower: 0, upper: 2, count: 2 ** 60 }] }),
    point("mixed", 3, { count: 1, min: 3, max: 1, buckets: buckets(1) }),
    point("mixed", 4, histogram(1, 1), { temporality: "delta" }),
    point("mixed", 5, histogram(1, 1)),
  ]);
  expect(outcome.stored).toBe(3);
  expect(outcome.rejected.map(({ index, path }) => [index, path])).toEqual(
    [1, 2, 3, 4].map((index) => [index, "histogram"]),
  );
});
