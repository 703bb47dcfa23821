import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { getMetrics } from "../get-metrics";
import { resolveSeries } from "../series";
import { quantileOf } from "../sketch";
import { decodeSketch } from "../sketch-bytes";
import { writeSamples } from "../write-samples";
import { rollUp } from "./roll-up";
import { noteChangedSamples, TIER_MS } from "./watermarks";

const context = await createTestContext();
const { sql } = context;
const HOUR = TIER_MS.hour;
/** The start of tomorrow (UTC): nothing of it is closed yet. */
const day = Math.ceil(Date.now() / TIER_MS.day) * TIER_MS.day;
const at = (hour: number, minute = 0) => new Date(day + hour * HOUR + minute * 60_000);

beforeEach(async () => {
  await sql.query(
    "TRUNCATE system_metrics, metric_distributions, system_metric_rollups, metric_rollup_pending, metric_rollup_marks",
  );
  await sql.query("UPDATE metric_rollup_watermarks SET until = $1", [at(0)]);
});

const read = async (name: string, tier = "hour") => {
  const { rows } = await sql.query<{ sketch: Buffer | null } & Record<string, unknown>>(
    `SELECT bucket_at AS at, count::int AS count, sum, min, max, first, last, increase, sketch FROM system_metric_rollups r
     JOIN metric_series s ON s.id = r.series_id WHERE name = $1 AND tier = $2::rollup_tier ORDER BY bucket_at`,
    [name, tier],
  );
  return rows;
};

test("an hour and a day of a counter: what it grew by, over a reset", async () => {
  const values = [10, 15, 3, 7];
  await writeSamples(
    context,
    values.map((value, i) => ({ name: "c", unit: "", kind: "counter" as const, value, recordedAt: at(0, i * 10) })),
  );
  await writeSamples(context, [{ name: "c", unit: "", kind: "counter", value: 9, recordedAt: at(1) }]);
  expect(await rollUp(sql, at(1)), "one minute of grace").toEqual({ buckets: 0, late: 0, failed: [] });
  expect(await rollUp(sql, at(1, 1))).toEqual({ buckets: 1, late: 0, failed: [] });
  const hour = { at: at(0), count: 4, sum: 35, min: 3, max: 15, first: 10, last: 7, increase: 12, sketch: null };
  expect(await read("c")).toEqual([hour]);
  expect(await rollUp(sql, at(24, 1))).toEqual({ buckets: 24, late: 0, failed: [] });
  expect(await read("c", "day")).toEqual([{ ...hour, count: 5, sum: 44, last: 9, increase: 14 }]);
});

test("what comes late is in a minute later, in its hour and its day", async () => {
  const gauge = (hour: number, value: number) => ({ name: "g", unit: "", value, recordedAt: at(hour) });
  await writeSamples(context, [gauge(2, 5)]);
  await rollUp(sql, at(25, 1));
  await writeSamples(context, [gauge(2.5, 1), gauge(2.5, 9), gauge(4, 3), gauge(24.5, 7)]);
  expect(await rollUp(sql, at(25, 2))).toEqual({ buckets: 0, late: 4, failed: [] });
  expect(await read("g")).toMatchObject([
    { at: at(2), count: 2, first: 5, last: 1, increase: null },
    { at: at(4), count: 1 },
    { at: at(24), count: 1 },
  ]);
  expect(await read("g", "day")).toMatchObject([{ at: at(0), count: 3, sum: 9, first: 5, last: 3 }]);
});

test("distributions merge", async () => {
  const spread = (minute: number, from: number) => ({
    kind: "distribution" as const,
    temporality: "delta" as const,
    name: "d",
    unit: "ms",
    recordedAt: at(0, minute),
    histogram: { count: 100, sum: 100 * from, buckets: [{ lower: from, upper: from, count: 100 }] },
  });
  await writeSamples(context, [spread(0, 10), spread(20, 20), spread(40, 30)]);
  await rollUp(sql, at(2));
  const [row] = await read("d");
  expect(row).toMatchObject({ count: 300, sum: 6_000, min: 10, max: 30, first: null, increase: null });
  expect(quantileOf(decodeSketch(row?.sketch ?? Buffer.alloc(0)), 0.5)).toBeCloseTo(20, 0);
});

test("numbers too large to be added up stop nobody's roll-up", async () => {
  const huge = [1.7e308, 1.7e308].map((value, i) => ({ name: "huge", unit: "", value, recordedAt: at(0, i) }));
  await writeSamples(context, [...huge, { name: "plain", unit: "", value: 1, recordedAt: at(0) }]);
  await rollUp(sql, at(2));
  expect(await read("huge")).toMatchObject([{ count: 2, sum: Infinity, max: 1.7e308, last: 1.7e308 }]);
  expect(await read("plain")).toMatchObject([{ sum: 1 }]);
});

test("samples that were changed by SQL are rolled up when that is told, closed hours only", async () => {
  const [id] = await resolveSeries(sql, [{ name: "sql", unit: "" }]);
  await rollUp(sql, at(3, 1));
  await sql.query(
    "INSERT INTO system_metrics SELECT $1, t, 1 FROM generate_series($2::timestamptz, $3, '10 minutes') AS t",
    [id, at(1), at(3, 50)],
  );
  await noteChangedSamples(sql, at(1), at(4));
  expect(await rollUp(sql, at(3, 2))).toEqual({ buckets: 2, late: 0, failed: [] });
  expect(await read("sql")).toMatchObject([
    { at: at(1), count: 6 },
    { at: at(2), count: 6 },
  ]);
});

test("a roller that is told to stop leaves the rest to the next", async () => {
  const stopped = AbortSignal.abort();
  expect(await rollUp(sql, at(5, 1), stopped)).toEqual({ buckets: 0, late: 0, failed: [] });
  expect(await rollUp(sql, at(5, 1))).toEqual({ buckets: 5, late: 0, failed: [] });
});

describe("a bucket that fails", () => {
  const gauge = (name: string, hour: number, value: number) => ({ name, unit: "", value, recordedAt: at(hour, 5) });
  const refuse666 = () => sql.query("ALTER TABLE system_metric_rollups ADD CONSTRAINT no_666 CHECK (max <> 666)");
  const accept666 = () => sql.query("ALTER TABLE system_metric_rollups DROP CONSTRAINT IF EXISTS no_666");
  afterEach(accept666);
  const pending = async () =>
    (await sql.query("SELECT bucket_at AS at, failures FROM metric_rollup_pending ORDER BY tier, bucket_at")).rows;

  test("costs neither the other series nor the hours after it anything, is told of, and is read from samples", async () => {
    await writeSamples(
      context,
      [0, 1, 2].flatMap((hour) => [gauge("angel", hour, 1), gauge("devil", hour, hour === 1 ? 666 : 6)]),
    );
    await refuse666();
    const [devil] = await resolveSeries(sql, [{ name: "devil", unit: "" }]);
    const { buckets, failed } = await rollUp(sql, at(3, 1));
    expect(buckets).toBe(2);
    expect(failed).toEqual([
      { tier: "hour", at: at(1), message: expect.stringContaining("no_666"), seriesIds: [devil], retryAt: at(3, 2) },
    ]);
    expect((await read("angel")).map((row) => row["at"])).toEqual([at(0), at(1), at(2)]);
    expect((await read("devil")).map((row) => row["at"])).toEqual([at(0), at(2)]);
    context.setNow(at(3, 1));
    const { tier, series } = await getMetrics(context, { name: "devil", from: at(0), to: at(3), step: 3_600 });
    expect([tier, series[0]?.points.map(({ value }) => value)]).toEqual(["hour", [6, 666, 6]]);
  });

  test("is tried again, each time later, until it can be computed", async () => {
    await writeSamples(context, [gauge("devil", 0, 666)]);
    await refuse666();
    expect((await rollUp(sql, at(1, 1))).failed).toHaveLength(1);
    expect(await rollUp(sql, at(1, 1))).toEqual({ buckets: 0, late: 0, failed: [] });
    expect((await rollUp(sql, at(1, 2))).failed).toMatchObject([{ retryAt: at(1, 4) }]);
    expect(await pending()).toEqual([{ at: at(0), failures: 2 }]);
    await accept666();
    expect(await rollUp(sql, at(1, 4))).toEqual({ buckets: 1, late: 0, failed: [] });
    expect(await read("devil")).toMatchObject([{ max: 666 }]);
    expect(await pending()).toEqual([]);
  });

  test("by late samples: the other hours' are in", async () => {
    await rollUp(sql, at(3, 1));
    await refuse666();
    await writeSamples(context, [gauge("devil", 0, 666), gauge("devil", 1, 1), gauge("angel", 0, 1)]);
    const { late, failed } = await rollUp(sql, at(3, 2));
    expect([late, failed.map((one) => one.at)]).toEqual([1, [at(0)]]);
    expect([await read("devil"), await read("angel")]).toMatchObject([[{ at: at(1) }], [{ at: at(0) }]]);
    await accept666();
    expect((await rollUp(sql, at(3, 3))).buckets).toBe(1);
    expect(await read("devil")).toMatchObject([{ at: at(0) }, { at: at(1) }]);
  });

  test("by a sketch that can't be read", async () => {
    const measured = (name: string) => ({
      kind: "distribution" as const,
      temporality: "delta" as const,
      name,
      unit: "ms",
      recordedAt: at(0),
      histogram: { count: 1, buckets: [{ lower: 1, upper: 1, count: 1 }] },
    });
    await writeSamples(context, ["whole", "cut", "fine"].map(measured));
    await sql.query(
      "UPDATE metric_distributions SET sketch = '\\x01' WHERE series_id = (SELECT id FROM metric_series WHERE name = 'cut')",
    );
    expect((await rollUp(sql, at(1, 1))).failed).toMatchObject([{ message: "the sketch is cut off" }]);
    expect([await read("whole"), await read("cut"), await read("fine")]).toMatchObject([[{}], [], [{}]]);
  });
});
