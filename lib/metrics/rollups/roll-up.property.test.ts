import fc from "fast-check";
import { Pool } from "pg";
import { afterAll, expect, test } from "vitest";
import { SYSTEM } from "@/lib/core/actor";
import { createTestContext } from "@/lib/testing/test-context";
import type { Sample } from "../sample";
import { mergeSketches, quantileOf } from "../sketch";
import { decodeSketch, encodeSketch } from "../sketch-bytes";
import { writeSamples } from "../write-samples";
import { rollUp } from "./roll-up";
import { TIER_MS, TIERS } from "./watermarks";

const context = await createTestContext();
const writer = context.as(SYSTEM);
/** Rollers have connections of their own, which can be killed. */
const rollers = [0, 1].map(
  (n) => new Pool({ connectionString: context.databaseUrl, max: 2, application_name: `roller ${n}` }),
);
for (const pool of rollers) pool.on("error", () => undefined);
afterAll(() => Promise.all(rollers.map((pool) => pool.end())));

const HOUR = TIER_MS.hour;
const START = Math.ceil(Date.now() / HOUR) * HOUR;
/** So long, that at least one day ends within; partitions are there for three days ahead. */
const SPAN_HOURS = 40;

const KINDS = ["gauge", "counter", "delta", "distribution"] as const;
/** The exact values of every distribution sample that was stored first, by series and time. */
const measured = new Map<string, number[]>();

const sample = fc.record({
  series: fc.nat(7),
  // Few distinct times, so that duplicates happen; some at the edges of hours.
  at: fc.oneof(
    fc.nat(SPAN_HOURS * 12).map((n) => n * 300_000),
    fc.nat(SPAN_HOURS).map((n) => n * HOUR - 1),
  ),
  value: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
    fc.integer({ min: -5, max: 1_000_000 }),
    fc.constantFrom(0.1, 1e-300, 1.7e308, -1.7e308, -0),
  ),
  more: fc.array(
    fc.integer({ min: -10_000_000, max: 10_000_000 }).map((n) => n / 1_000),
    { maxLength: 6 },
  ),
});

const command = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("write" as const),
      batches: fc.array(fc.array(sample, { maxLength: 25 }), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 600 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("roll" as const), rollers: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("kill" as const) }) },
  // A writer and two rollers at the same time.
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("together" as const),
      batch: fc.array(sample, { minLength: 1, maxLength: 40 }),
    }),
  },
);

type Drawn = typeof sample extends fc.Arbitrary<infer T> ? T : never;

function toSample({ series, at, value, more }: Drawn): Sample {
  const kind = KINDS[series % KINDS.length] ?? "gauge";
  const base = { name: `property_${kind}`, unit: "", metadata: { series }, recordedAt: new Date(START + at) };
  if (kind !== "distribution") return { ...base, kind, value };
  // The sketch is right to 1 % for values that lie within 17 powers of ten of each other.
  const values = [value, ...more].filter((one) => one === 0 || (Math.abs(one) > 1e-6 && Math.abs(one) < 1e9));
  const buckets = values.map((one) => ({ lower: one, upper: one, count: 1 }));
  const key = `${series} ${START + at}`;
  if (!measured.has(key)) measured.set(key, values);
  return {
    ...base,
    kind,
    temporality: "delta",
    histogram: { count: values.length, sum: values.reduce((a, b) => a + b, 0), buckets },
  };
}

const write = async (batches: readonly (readonly Drawn[])[]) => {
  // In this order, so that what is stored first is what the model has seen first.
  for (const batch of batches) {
    const { rejected } = await writeSamples(writer, batch.map(toSample));
    expect(rejected).toEqual([]);
  }
};

/** Lets a roller begin, holds it where it writes its first row, and kills its connections there. */
async function killRoller(now: Date): Promise<void> {
  const [pool] = rollers;
  const holder = await context.sql.connect();
  try {
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE system_metric_rollups IN SHARE MODE");
    const rolling = pool
      ? rollUp(pool, now).then(
          () => "done",
          () => "killed",
        )
      : Promise.resolve("done");
    let isOver = () => false;
    void rolling.then(() => (isOver = () => true));
    while (!isOver()) {
      const { rowCount } = await context.sql.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'roller 0' AND wait_event_type = 'Lock'",
      );
      if (rowCount) expect(await rolling).toBe("killed");
      await new Promise((wake) => setTimeout(wake, 2));
    }
  } finally {
    await holder.query("ROLLBACK");
    holder.release();
  }
}

interface Raw {
  series: number;
  kind: string;
  ms: number;
  value: number | null;
  count: number;
  sum: number;
  min: number;
  max: number;
  sketch: Buffer;
}

/** What the tables should hold, by plain arithmetic over every sample. */
async function recompute(now: number): Promise<Map<string, object>> {
  const { rows } = await context.sql.query<Raw>(
    `SELECT (s.metadata->>'series')::int AS series, s.kind, (extract(epoch FROM m.recorded_at) * 1000)::float8 AS ms, m.* FROM (
       SELECT series_id, recorded_at, value, NULL::float8 AS count, NULL::float8 AS sum, NULL::float8 AS min, NULL::float8 AS max, NULL::bytea AS sketch FROM system_metrics
       UNION ALL SELECT series_id, recorded_at, NULL, count::float8, sum, min, max, sketch FROM metric_distributions) AS m
     JOIN metric_series s ON s.id = m.series_id ORDER BY s.id, m.recorded_at`,
  );
  const expected = new Map<string, object>();
  for (const tier of TIERS) {
    const closed = Math.floor((now - 60_000) / TIER_MS[tier]) * TIER_MS[tier];
    const groups = new Map<string, Raw[]>();
    for (const row of rows) {
      if (row.ms >= closed) continue;
      const key = `${tier} ${row.series} ${Math.floor(row.ms / TIER_MS[tier]) * TIER_MS[tier]}`;
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    for (const [key, group] of groups)
      expected.set(key, group[0]?.kind === "distribution" ? mergeAll(group) : addUp(group));
  }
  return expected;
}

const clamp = (value: number) => (Math.abs(value) < 1e300 ? value : Math.sign(value) * Infinity);

function addUp(group: readonly Raw[]): object {
  const values = group.map(({ value }) => value ?? Number.NaN);
  const increase = values.slice(1).reduce((total, value, i) => {
    const [now, before] = [clamp(value), clamp(values[i] ?? 0)];
    return total + (now >= before ? now - before : now);
  }, 0);
  return {
    count: values.length,
    sum: values.map(clamp).reduce((a, b) => a + b),
    min: Math.min(...values),
    max: Math.max(...values),
    first: values[0],
    last: values.at(-1),
    increase: group[0]?.kind === "counter" ? increase : null,
    sketch: null,
  };
}

function mergeAll(group: readonly Raw[]): object {
  const sketch = mergeSketches(...group.map((row) => decodeSketch(row.sketch)));
  return {
    count: group.reduce((total, { count }) => total + count, 0),
    sum: group.reduce((total, { sum }) => total + sum, 0),
    min: Math.min(...group.map(({ min }) => min)),
    max: Math.max(...group.map(({ max }) => max)),
    first: null,
    last: null,
    increase: null,
    sketch: encodeSketch(sketch).toString("hex"),
  };
}

async function stored(): Promise<Map<string, object>> {
  const { rows } = await context.sql.query<{ key: string }>(
    `SELECT tier || ' ' || (s.metadata->>'series') || ' ' || (extract(epoch FROM bucket_at) * 1000)::bigint AS key,
       count::float8 AS count, sum, min, max, first, last, increase, encode(sketch, 'hex') AS sketch
     FROM system_metric_rollups r JOIN metric_series s ON s.id = r.series_id`,
  );
  return new Map(rows.map(({ key, ...row }) => [key, row]));
}

/** PostgreSQL holds 0 and -0 for the same, so which of two equal ones is the least is open. */
const withOneZero = (rows: ReadonlyMap<string, object>) =>
  new Map(
    [...rows].map(([key, row]) => [
      key,
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === 0 ? 0 : value])),
    ]),
  );

/** The quantiles of a merged sketch against those of all the values that were measured. */
function checkQuantiles(rollups: ReadonlyMap<string, object>): void {
  for (const [key, row] of rollups) {
    const [tier, series, bucket] = key.split(" ");
    if (!("sketch" in row) || typeof row.sketch !== "string") continue;
    const from = Number(bucket);
    const to = from + (tier === "day" ? TIER_MS.day : HOUR);
    const values = [...measured].flatMap(([at, list]) => {
      const [of, ms] = at.split(" ").map(Number);
      return of === Number(series) && ms !== undefined && ms >= from && ms < to ? list : [];
    });
    values.sort((a, b) => a - b);
    for (const q of [0.5, 0.95, 0.99]) {
      const exact = values[Math.max(1, Math.ceil(q * values.length)) - 1];
      const found = quantileOf(decodeSketch(Buffer.from(row.sketch, "hex")), q);
      if (exact === undefined) expect(found).toBeNull();
      else expect(Math.abs((found ?? Infinity) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.010_001);
    }
  }
}

test(
  "after random, late, duplicate and out-of-order writes, two rollers and kills, each roll-up is what its samples give",
  { timeout: 240_000 },
  async () => {
    let kills = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 16 }), async (commands) => {
        measured.clear();
        await context.sql.query(
          "TRUNCATE system_metrics, metric_distributions, system_metric_rollups, metric_rollup_pending, metric_rollup_marks",
        );
        await context.sql.query(
          "UPDATE metric_rollup_watermarks SET until = date_trunc(tier::text, $1::timestamptz, 'UTC')",
          [new Date(START)],
        );
        let now = START;
        for (const step of commands) {
          if (step.do === "wait") now += step.minutes * 60_000;
          else if (step.do === "write") await write(step.batches);
          else if (step.do === "roll")
            await Promise.all(rollers.slice(0, step.rollers).map((pool) => rollUp(pool, new Date(now))));
          else if (step.do === "together")
            await Promise.all([write([step.batch]), ...rollers.map((pool) => rollUp(pool, new Date(now)))]);
          else {
            await killRoller(new Date(now));
            kills += 1;
          }
        }
        now += 3_600_000;
        await rollUp(context.sql, new Date(now));
        const rollups = await stored();
        expect(withOneZero(rollups)).toEqual(withOneZero(await recompute(now)));
        checkQuantiles(rollups);
        const { rows } = await context.sql.query(
          "SELECT (SELECT count(*) FROM metric_rollup_pending)::int AS pending, (SELECT count(*) FROM metric_rollup_marks)::int AS marks",
        );
        expect(rows).toEqual([{ pending: 0, marks: 0 }]);
      }),
      { numRuns: 60, endOnFailure: true },
    );
    expect(kills).toBeGreaterThan(10);
  },
);
