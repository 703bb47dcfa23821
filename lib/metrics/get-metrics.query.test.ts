import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/core/context";
import { createTestContext } from "@/lib/testing/test-context";
import { getMetrics, getMetricsMany } from "./get-metrics";
import { rollUp } from "./rollups/roll-up";
import { noteChangedSamples } from "./rollups/watermarks";
import type { MetricKind, Sample } from "./sample";
import { writeSamples } from "./write-samples";

const context = await createTestContext();
const MINUTE = 60_000;
const DAY = 86_400_000;
const today = Math.floor(Date.now() / DAY) * DAY;
const at = (minutes: number) => new Date(today + minutes * MINUTE);

const samples = (
  name: string,
  values: Record<number, number>,
  metadata: Record<string, string | number> = {},
  kind: Exclude<MetricKind, "distribution"> = "gauge",
): Sample[] =>
  Object.entries(values).map(([minute, value]) => ({
    name,
    unit: "ms",
    kind,
    metadata,
    recordedAt: at(Number(minute)),
    value,
  }));
const write = async (all: Sample[]) => expect((await writeSamples(context, all)).rejected).toEqual([]);
const values = async (input: Parameters<typeof getMetrics>[1]) =>
  (await getMetrics(context, input)).series.map(({ points }) => points.map(({ value }) => value));
const first = async (input: Parameters<typeof getMetrics>[1]) => (await values(input)).map(([value]) => value);

describe("labels", () => {
  beforeAll(async () => {
    await write([
      ...samples("m", { 0: 1 }, { host: "web-1", core: 0 }),
      ...samples("m", { 0: 2 }, { host: "web-2", core: 1 }),
      ...samples("m", { 0: 4 }, { host: "db.1" }),
      ...samples("m", { 0: 8 }, {}),
    ]);
  });
  const sum = async (label: string, op: "=" | "!=" | "=~" | "!~", value: string) =>
    (await first({ name: "m", from: at(0), to: at(1), matchers: [{ label, op, value }], by: [], agg: "sum" }))[0];

  test.each([
    ["host", "=", "web-1", 1],
    ["host", "!=", "web-1", 14],
    ["host", "=~", "web-.*", 3],
    ["host", "=~", "web", undefined],
    ["host", "!~", "web-.*", 12],
    ["host", "=~", String.raw`db\.1|web-2`, 6],
    ["host", "=", "", 8],
    ["host", "!=", "", 7],
    ["core", "=", "0", 1],
    ["core", "=~", "[01]", 3],
    ["nowhere", "!=", "x", 15],
  ] as const)("%s%s%s", async (label, op, value, expected) => {
    expect(await sum(label, op, value)).toBe(expected);
  });

  test("a pattern that only PostgreSQL finds wrong is refused with its words", async () => {
    await expect(sum("host", "=~", "a{300}")).rejects.toMatchObject({
      kind: "invalid",
      issues: [{ path: "matchers", message: expect.stringMatching(/invalid repetition count/) }],
    });
  });
});

describe("kinds", () => {
  test("a counter grows by its steps: over resets, from before the range, and not by its first value", async () => {
    await write(samples("c", { 0: 100, 5: 130, 12: 10, 31: 40, 61: 100 }, {}, "counter"));
    const range = { name: "c", to: at(70), step: 600 };
    expect(await values({ ...range, from: at(0), agg: "sum" })).toEqual([[30, 10, null, 30, null, null, 60]]);
    expect(await values({ ...range, from: at(60), agg: "sum" })).toEqual([[60]]);
    expect(await values({ ...range, from: at(30), agg: "rate" })).toEqual([[30 / 600, null, null, 60 / 600]]);
    expect(await values({ name: "c", from: at(0), to: at(1), agg: "sum" })).toEqual([[null]]);
  });

  test("a counter of which only roll-ups are left before the range", async () => {
    await write(samples("old", { [-40 * 1_440]: 5, [-2]: 25, 3: 30 }, {}, "counter"));
    await rollUp(context.sql, new Date());
    await context.sql.query("DELETE FROM system_metrics WHERE recorded_at < $1", [at(-1_440)]);
    expect(await values({ name: "old", from: at(-10), to: at(0), step: 600, agg: "sum" })).toEqual([[20]]);
  });

  test("rates of several counters add up", async () => {
    await write([
      ...samples("requests", { 0: 0, 1: 60 }, { host: "a" }, "counter"),
      ...samples("requests", { 0: 0, 1: 120 }, { host: "b" }, "counter"),
      ...samples("requests", { 1: 30 }, { host: "c" }, "delta"),
    ]);
    expect(await first({ name: "requests", from: at(1), to: at(2), agg: "rate", by: [] })).toEqual([3.5]);
  });

  test("quantiles over several distributions are those of all that was measured, not a mean", async () => {
    const measured = (host: string, from: number, count: number): Sample => ({
      name: "latency",
      unit: "ms",
      kind: "distribution",
      metadata: { host },
      recordedAt: at(0),
      temporality: "delta",
      histogram: {
        count,
        buckets: Array.from({ length: count }, (_, i) => ({ lower: from + i, upper: from + i, count: 1 })),
      },
    });
    await write([measured("fast", 1, 900), measured("slow", 10_001, 100)]);
    const [[p50 = 0] = [], [p95 = 0] = []] = [
      await first({ name: "latency", from: at(0), to: at(1), agg: "p50", by: [] }),
      await first({ name: "latency", from: at(0), to: at(1), agg: "p95", by: [] }),
    ];
    expect(Math.abs((p50 ?? 0) / 500 - 1)).toBeLessThan(0.0101);
    expect(Math.abs((p95 ?? 0) / 10_050 - 1)).toBeLessThan(0.0101);
    expect(await first({ name: "latency", from: at(0), to: at(1), agg: "rate", by: [] })).toEqual([1_000 / 60]);
  });

  test.each([
    ["rate", "m", /a gauge is a level/],
    ["last", "latency", /no last value/],
  ] as const)("%s of %s is refused", async (agg, name, message) => {
    await expect(getMetrics(context, { name, from: at(0), to: at(1), agg })).rejects.toMatchObject({
      issues: [{ path: "agg", message: expect.stringMatching(message) }],
    });
  });

  test("numbers too large to be added up are no crash", async () => {
    await write(samples("huge", { 0: 1.7e308, 1: 1.7e308 }));
    const range = { name: "huge", from: at(0), to: at(5), step: 300 };
    expect(await first({ ...range, agg: "max" })).toEqual([1.7e308]);
    await expect(getMetrics(context, { ...range, agg: "sum" })).rejects.toMatchObject({ issues: [{ path: "agg" }] });
  });
});

test("series of one kind only, where a name has several", async () => {
  await write([...samples("both", { 0: 1 }, { quantile: "p95" }), ...samples("both", { 0: 4 }, {}, "counter")]);
  const range = { name: "both", from: at(0), to: at(1) };
  expect([
    await first(range),
    await first({ ...range, kind: "counter" }),
    await first({ ...range, kind: "delta" }),
  ]).toEqual([expect.arrayContaining([1, 4]), [4], []]);
});

describe("more samples than can be read at once", () => {
  const month = { name: "crowd", from: new Date(today - 30 * DAY), to: new Date(today) };
  beforeAll(async () => {
    await context.sql.query(
      `INSERT INTO metric_series (name, unit, metadata, hash)
       SELECT 'crowd', 'ms', jsonb_build_object('host', 'h' || n), sha256(('crowd' || n)::bytea) FROM generate_series(1, 500) n`,
    );
  });

  test("a step that was asked for is refused, with what can be narrowed", async () => {
    await expect(getMetrics(context, { ...month, step: 1_800 })).rejects.toMatchObject({
      kind: "invalid",
      issues: [
        {
          path: "step",
          message: expect.stringMatching(
            /^crowd would be read from about 21\.6 million samples.*whole hours, like 3600/,
          ),
        },
      ],
    });
    await expect(getMetrics(context, { ...month, step: 3_600, agg: "p95" })).rejects.toMatchObject({
      issues: [{ path: "from", message: expect.stringMatching(/take a shorter range, or labels/) }],
    });
    const one = await getMetrics(context, { ...month, step: 1_800, metadata: { host: "h7" } });
    expect(one.series).toHaveLength(1);
  });

  test("where none was asked for, one is taken that roll-ups answer", async () => {
    const week = { ...month, from: new Date(today - 7 * DAY), points: 1_000 };
    expect((await getMetrics(context, { ...week, metadata: { host: "h7" } })).stepSeconds).toBe(900);
    const { stepSeconds, series } = await getMetrics(context, week);
    expect([stepSeconds, series.length]).toEqual([3_600, 500]);
  });
});

describe("shown beside", () => {
  test("what was a week before, under the times of now", async () => {
    const week = 7 * 1_440;
    await write([...samples("weekly", { 0: 1, 1: 2 }), ...samples("weekly", { [-week]: 10, [1 - week]: 20 })]);
    const [now, before] = await getMetricsMany(context, {
      from: at(0),
      to: at(3),
      metrics: [{ name: "weekly" }, { name: "weekly", offset: 604_800 }],
    });
    const shown = (result: typeof now) => result?.series[0]?.points;
    expect(shown(now)?.map(({ value }) => value)).toEqual([1, 2, null]);
    expect(shown(before)?.map(({ value }) => value)).toEqual([10, 20, null]);
    expect(shown(before)?.map(({ at }) => at)).toEqual(shown(now)?.map(({ at }) => at));
  });

  test.each([
    ["null", [null, 1, null, 2, null]],
    ["previous", [null, 1, 1, 2, 2]],
    ["zero", [0, 1, 0, 2, 0]],
  ] as const)("gaps filled by %s", async (fill, expected) => {
    await write(samples("gaps", { 11: 1, 13: 2 }));
    context.setNow(at(20));
    expect(await values({ name: "gaps", from: at(10), to: at(15), fill })).toEqual([expected]);
  });
});

describe("days where clocks change", () => {
  /** A sample at each full hour, so that a day's count is its hours. */
  test.each([
    ["Europe/Berlin", "2026-03-29", [24, 23, 24]],
    ["Europe/Berlin", "2026-10-25", [24, 25, 24]],
    ["America/New_York", "2026-03-08", [24, 23, 24]],
    ["America/New_York", "2026-11-01", [24, 25, 24]],
    ["Asia/Kolkata", "2026-11-01", [24, 24, 24]],
    ["UTC", "2026-10-25", [24, 24, 24]],
  ])("in %s around %s have %j hours, from samples and from roll-ups", async (timezone, date, hours) => {
    const own = await createClosedDays(date);
    const noon = Date.parse(`${date}T12:00:00Z`);
    const read = () =>
      getMetrics(own, {
        name: "hourly",
        from: new Date(noon - DAY),
        to: new Date(noon + DAY),
        step: 86_400,
        agg: "count",
        timezone,
      });
    const fromSamples = await read();
    await noteChangedSamples(own.sql, new Date(noon - 3 * DAY), new Date(noon + 3 * DAY));
    await rollUp(own.sql, own.now());
    const rolledUp = await read();
    for (const result of [fromSamples, rolledUp]) {
      const points = result.series[0]?.points ?? [];
      expect(points.slice(0, 2).map(({ value }) => value)).toEqual(hours.slice(0, 2));
      const [one, two, three] = points.map(({ at }) => at.getTime());
      expect([(two ?? 0) - (one ?? 0), (three ?? 0) - (two ?? 0)]).toEqual(
        hours.slice(0, 2).map((each) => each * 3_600_000),
      );
    }
    expect([fromSamples.tier, rolledUp.tier]).toEqual(["raw", timezone === "UTC" ? "day" : "hour"]);
  });

  /** A context in a time at which the days are a little past, with everything closed and not rolled up. */
  async function createClosedDays(date: string): Promise<Context> {
    const noon = Date.parse(`${date}T12:00:00Z`);
    const now = new Date(noon + 5 * DAY);
    const { makePartitions } = await import("@/lib/db/partitions");
    await makePartitions(context.sql, new Date(noon - 4 * DAY), new Date(noon + 4 * DAY));
    await context.sql.query(
      "TRUNCATE system_metric_rollups, metric_rollup_pending, metric_rollup_marks, system_metrics",
    );
    await context.sql.query(
      `INSERT INTO metric_series (name, unit, metadata, hash) VALUES ('hourly', '', '{}', sha256('hourly')) ON CONFLICT DO NOTHING`,
    );
    await context.sql.query(
      `INSERT INTO system_metrics SELECT s.id, t, 1 FROM metric_series s,
         generate_series($1::timestamptz, $2::timestamptz, interval '1 hour') t WHERE s.name = 'hourly'`,
      [new Date(noon - 3.5 * DAY), new Date(noon + 3 * DAY)],
    );
    await context.sql.query(
      "UPDATE metric_rollup_watermarks SET until = date_trunc(tier::text, $1::timestamptz, 'UTC')",
      [now],
    );
    await noteChangedSamples(context.sql, new Date(noon - 4 * DAY), new Date(noon + 4 * DAY));
    return { ...context, now: () => now };
  }
});

describe("what is no longer kept", () => {
  const old = { name: "m", from: at(-60 * 1_440), to: at(-59 * 1_440) };
  test("steps under an hour are refused for a time of which there are no samples", async () => {
    await write(samples("m", { 0: 1 }));
    await expect(getMetrics(context, { ...old, step: 300 })).rejects.toMatchObject({
      issues: [{ path: "step", message: expect.stringMatching(/single samples are kept since .* 3600/) }],
    });
    expect((await getMetrics(context, old)).stepSeconds).toBe(3_600);
  });

  test("and so are quantiles of single values, and hours past their time", async () => {
    await expect(getMetrics(context, { ...old, agg: "p95" })).rejects.toMatchObject({ issues: [{ path: "agg" }] });
    const older = { name: "m", from: at(-500 * 1_440), to: at(-499 * 1_440) };
    await expect(getMetrics(context, { ...older, step: 3_600 })).rejects.toMatchObject({ issues: [{ path: "step" }] });
    expect((await getMetrics(context, older)).stepSeconds).toBe(86_400);
  });
});

test("many metrics of all sorts are two statements", async () => {
  await write(samples("counted", { 0: 1, 1: 2 }, {}, "counter"));
  const asked: unknown[] = [];
  const pool = context.sql;
  const counting = new Proxy(pool, {
    get(target, property) {
      if (property === "query")
        return (...args: Parameters<typeof target.query>) => {
          asked.push(args[0]);
          return target.query(...args);
        };
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  await getMetricsMany(
    { ...context, sql: counting },
    {
      from: at(-1_440),
      to: at(10),
      step: 3_600,
      metrics: [
        { name: "m" },
        { name: "m", agg: "max", by: [] },
        { name: "m", agg: "p95" },
        { name: "counted", agg: "rate" },
        { name: "m", offset: 86_400, agg: "last" },
        { name: "latency", agg: "p50" },
        { name: "latency", agg: "p99" },
      ],
    },
  );
  expect(asked).toHaveLength(2);
});

test.each([
  [{ timezone: "Mars/Base" }, "timezone", /Europe\/Berlin/],
  [{ matchers: [{ label: "host", op: "=~" as const, value: "(" }] }, "matchers.0.value", /no regular expression/],
  [{ by: Array.from({ length: 11 }, (_, i) => `l${i}`) }, "by", /at most 10/],
  [{ offset: -1 }, "offset", /./],
  [{ step: 86_400, timezone: "Europe/Berlin", from: at(-1_440 * 2_100), to: at(0) }, "step", /2000 points/],
])("%j is refused at %s", async (input, path, message) => {
  await expect(getMetrics(context, { name: "m", ...input })).rejects.toMatchObject({
    kind: "invalid",
    issues: [{ path, message: expect.stringMatching(message) }],
  });
});
