import fc from "fast-check";
import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { getMetrics } from "./get-metrics";
import { AGGREGATES, type Aggregate, quantileFor } from "./query/aggregates";
import { layGrid } from "./query/time-grid";
import { noteChangedSamples } from "./rollups/watermarks";
import { rollUp } from "./rollups/roll-up";
import type { Labels, MetricKind, Sample } from "./sample";
import { writeSamples } from "./write-samples";

/**
 * Every aggregate against arithmetic over the samples themselves: random samples of every kind, some of them late, rolled up
 * to a random time, so that what is read is samples, hours, days and all of them together.
 */
const context = await createTestContext();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
// From here on nothing is closed yet; there are partitions for three days.
const START = Math.ceil(Date.now() / HOUR) * HOUR;
const SPAN_MINUTES = 60 * 60;
const KINDS = ["gauge", "counter", "delta", "distribution"] as const;

const sample = fc.record({
  host: fc.constantFrom("a", "b"),
  process: fc.constantFrom("web", "worker"),
  minute: fc.oneof(
    fc.integer({ min: 0, max: SPAN_MINUTES }),
    fc.integer({ min: 0, max: 59 }).map((hour) => hour * 60),
  ),
  value: fc.integer({ min: 0, max: 100_000 }).map((n) => n / 8),
  more: fc.array(fc.integer({ min: 1, max: 1_000 }), { maxLength: 3 }),
});
type Drawn = typeof sample extends fc.Arbitrary<infer T> ? T : never;

const samples = fc.uniqueArray(sample, {
  selector: ({ host, process, minute }) => `${host} ${process} ${minute}`,
  minLength: 1,
  maxLength: 150,
  size: "max",
});

const query = fc.record({
  kind: fc.constantFrom(...KINDS),
  agg: fc.constantFrom(...AGGREGATES),
  from: fc.integer({ min: -300, max: SPAN_MINUTES }),
  length: fc.integer({ min: 1, max: SPAN_MINUTES }),
  step: fc.constantFrom(420, 1_800, 3_600, 7_200, 10_800, 86_400),
  by: fc.constantFrom<(string[] | undefined)[]>(undefined, [], ["host"], ["host", "process"]),
  offset: fc.constantFrom(0, 0, 600, 3_600, 86_400),
  timezone: fc.constantFrom(undefined, "Europe/Berlin", "Asia/Kolkata"),
});
type Query = typeof query extends fc.Arbitrary<infer T> ? T : never;

interface Point {
  ms: number;
  /** One of a value; all that a distribution measured. */
  values: number[];
}

const at = (minute: number) => new Date(START + minute * MINUTE);

test("every aggregate over random samples is what plain arithmetic says", { timeout: 240_000 }, async () => {
  let run = 0;
  const tiers = new Set<string>();
  let filled = 0;
  await fc.assert(
    fc.asyncProperty(
      samples,
      // Few, so that some days have none.
      fc.array(sample, { maxLength: 3 }),
      fc.oneof(fc.integer({ min: 0, max: SPAN_MINUTES }), fc.constant(SPAN_MINUTES)),
      fc.array(query, { minLength: 60, maxLength: 60 }),
      async (first, late, closed, queries) => {
        run += 1;
        context.setNow(at(SPAN_MINUTES + 1));
        const known = new Set(first.map(key));
        const after = [...new Map(late.map((one) => [key(one), one])).values()].filter((one) => !known.has(key(one)));
        // Every run begins with all hours as they were.
        await context.sql.query("TRUNCATE metric_rollup_pending, metric_rollup_marks");
        await write(run, first);
        await noteChangedSamples(context.sql, at(0), at(SPAN_MINUTES + 1));
        await rollUp(context.sql, at(closed));
        await write(run, after);
        const all = [...first, ...after];
        for (const one of queries) {
          const answer = await ask(run, one);
          if (answer === undefined) {
            expect(isRefused(one)).toBe(true);
            continue;
          }
          tiers.add(answer.tier);
          const expected = expectedOf(all, one);
          expect(answer.lines.map(({ labels }) => labels)).toEqual(expected.map(({ labels }) => labels));
          answer.lines.forEach(({ values }, i) => {
            const wanted = expected[i]?.values ?? [];
            expect(values).toHaveLength(wanted.length);
            values.forEach((value, bucket) => expectSame(one, value, wanted[bucket] ?? null));
            filled += values.filter((value) => value !== null).length;
          });
        }
      },
    ),
    { numRuns: 6, endOnFailure: true },
  );
  expect([...tiers].sort()).toEqual(["day", "hour", "raw"]);
  expect(filled).toBeGreaterThan(1_000);
});

const key = ({ host, process, minute }: Drawn) => `${host} ${process} ${minute}`;

async function write(run: number, drawn: readonly Drawn[]): Promise<void> {
  const all = KINDS.flatMap((kind) => drawn.map((one) => toSample(run, kind, one)));
  if (all.length === 0) return;
  const { rejected } = await writeSamples(context, all);
  expect(rejected).toEqual([]);
}

function toSample(run: number, kind: MetricKind, { host, process, minute, value, more }: Drawn): Sample {
  const base = { name: `run_${run}_${kind}`, unit: "ms", metadata: { host, process }, recordedAt: at(minute) };
  if (kind !== "distribution") return { ...base, kind, value };
  const values = [value, ...more];
  const buckets = values.map((one) => ({ lower: one, upper: one, count: 1 }));
  const sum = values.reduce((a, b) => a + b, 0);
  return { ...base, kind, temporality: "delta", histogram: { count: values.length, sum, buckets } };
}

const isRefused = ({ agg, kind }: Query) =>
  (agg === "rate" && kind === "gauge") || (agg === "last" && kind === "distribution");

async function ask(run: number, { kind, agg, from, length, step, by, offset, timezone }: Query) {
  const input = { agg, step, by, offset, timezone, name: `run_${run}_${kind}`, from: at(from), to: at(from + length) };
  try {
    const { tier, series } = await getMetrics(context, input);
    const lines = series.map(({ metadata, points }) => ({
      labels: metadata,
      values: points.map(({ value }) => value),
    }));
    return { tier, lines: inOrder(lines) };
  } catch (error) {
    if (error instanceof Error && error.name === "Problem") return undefined;
    throw error;
  }
}

function expectedOf(all: readonly Drawn[], { kind, agg, from, length, step, by, offset, timezone }: Query) {
  const grid = layGrid({ from: at(from), to: at(from + length), stepSeconds: step, timezone, offsetSeconds: offset });
  const bySeries = new Map<string, Point[]>();
  const labels = new Map<string, Record<string, string>>();
  for (const { host, process, minute, value, more } of all) {
    const id = `${host} ${process}`;
    labels.set(id, { host, process });
    const point = { ms: START + minute * MINUTE, values: kind === "distribution" ? [value, ...more] : [value] };
    bySeries.set(id, [...(bySeries.get(id) ?? []), point]);
  }
  const groups = new Map<string, { labels: Record<string, string>; series: Point[][] }>();
  for (const [id, points] of bySeries) {
    points.sort((a, b) => a.ms - b.ms);
    const own = labels.get(id) ?? {};
    const shown = by ? Object.fromEntries(by.map((label) => [label, own[label] ?? ""])) : own;
    const group = groups.get(JSON.stringify(shown)) ?? { labels: shown, series: [] };
    group.series.push(points);
    groups.set(JSON.stringify(shown), group);
  }
  const lines = [...groups.values()].map(({ labels, series }) => ({
    labels,
    values: grid.shown.map((_, i) => {
      const [start, end] = [grid.bounds[i] ?? 0, grid.bounds[i + 1] ?? 0];
      return plain(agg, kind, series, start, Math.min(end, grid.to), (end - start) / 1000);
    }),
  }));
  return inOrder(lines);
}

/** By host and process: lines come in the order in which the series were made, which nobody has to know. */
function inOrder<T extends { labels: Labels }>(lines: T[]): T[] {
  const text = ({ labels }: T) => `${labels["host"]} ${labels["process"]}`;
  return lines.sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** What an aggregate means, of several series over one bucket. */
function plain(
  agg: Aggregate,
  kind: MetricKind,
  series: readonly Point[][],
  from: number,
  to: number,
  seconds: number,
): number | null {
  const inside = series.map((points) => points.filter(({ ms }) => ms >= from && ms < to));
  const values = inside.flat().flatMap((point) => point.values);
  if (values.length === 0) return null;
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  if (kind === "counter" && (agg === "sum" || agg === "rate")) {
    const steps = series.flatMap((points) =>
      points.slice(1).flatMap(({ ms, values: [now = 0] }, i) => {
        const before = points[i]?.values[0] ?? 0;
        return ms >= from && ms < to ? [now >= before ? now - before : now] : [];
      }),
    );
    if (steps.length === 0) return null;
    return agg === "rate" ? sum(steps) / seconds : sum(steps);
  }
  const q = quantileFor(agg);
  if (q !== undefined) {
    const sorted = values.toSorted((a, b) => a - b);
    if (kind === "distribution") return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? null;
    const place = q * (sorted.length - 1);
    const [low = 0, high = low] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return low + (high - low) * (place - Math.floor(place));
  }
  const lasts = inside.flatMap((points) => points.at(-1)?.values ?? []);
  switch (agg) {
    case "avg":
      return sum(values) / values.length;
    case "min":
      return Math.min(...values);
    case "max":
      return Math.max(...values);
    case "last":
      return sum(lasts) / lasts.length;
    case "count":
      return values.length;
    case "rate":
      return (kind === "distribution" ? values.length : sum(values)) / seconds;
    default:
      return sum(values);
  }
}

function expectSame({ agg, kind }: Query, value: number | null, expected: number | null): void {
  if (value === null || expected === null) return void expect(value).toBe(expected);
  const isSketch = quantileFor(agg) !== undefined && kind === "distribution";
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(Math.abs(expected) * (isSketch ? 0.010_001 : 1e-9) + 1e-9);
}
