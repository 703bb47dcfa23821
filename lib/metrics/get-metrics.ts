import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { bucketsOf, chooseStep, countBuckets } from "./buckets";
import { AGGREGATES, type MetricPoint, type ReadSeries, readSeries } from "./read-series";
import { type Labels, labels, metricName, moment } from "./sample";

export const MAX_POINTS = 2_000;
export const MAX_SERIES = 500;
const HOUR_MS = 3_600_000;

export interface MetricSeriesPoints {
  unit: string;
  metadata: Labels;
  /** One a bucket, in order, the same times for every series. */
  points: MetricPoint[];
}

export interface MetricResult {
  name: string;
  /** That of the first series; "" when there is none. */
  unit: string;
  stepSeconds: number;
  series: MetricSeriesPoints[];
}

const wanted = z.object({
  name: metricName,
  /** Series that carry all of these labels. */
  metadata: labels.default({}),
  agg: z.enum(AGGREGATES).default("avg"),
});

const range = z.object({
  /** Where unset, an hour before `to`. */
  from: moment.optional(),
  /** Where unset, now. */
  to: moment.optional(),
  /** Seconds; where unset, the finest readable one for `points`. */
  step: z.int().min(1, "must be at least 1 second").max(31_536_000, "must be at most a year").optional(),
  points: z.int().min(1).max(MAX_POINTS, `must be at most ${MAX_POINTS}`).default(300),
});

export const getMetricsInput = wanted.extend(range.shape);
export const getMetricsManyInput = range.extend({ metrics: z.array(wanted).min(1).max(50) });

/**
 * The series of a metric over a time range, aggregated into UTC-aligned buckets by the database.
 * Buckets without a sample are null; the first bucket is read whole, though the range may start inside it.
 * @throws Problem invalid when the range or step gives more than 2,000 points, or more than 500 series match
 */
export async function getMetrics(context: Context, input: z.input<typeof getMetricsInput>): Promise<MetricResult> {
  authorize(context.actor, "read");
  const { name, metadata, agg, ...rest } = parseInput(getMetricsInput, input, "The query");
  const [result] = await query(context, [{ name, metadata, agg }], rest);
  return result ?? { name, unit: "", stepSeconds: 60, series: [] };
}

/**
 * Several metrics over one range with one step, by two statements in all: what a page with many charts reads.
 * @returns one result for each of `metrics`, in the same order
 * @throws as getMetrics
 */
export async function getMetricsMany(
  context: Context,
  input: z.input<typeof getMetricsManyInput>,
): Promise<MetricResult[]> {
  authorize(context.actor, "read");
  const { metrics, ...rest } = parseInput(getMetricsManyInput, input, "The query");
  return query(context, metrics, rest);
}

type Wanted = z.output<typeof wanted>;

async function query(context: Context, metrics: Wanted[], input: z.output<typeof range>): Promise<MetricResult[]> {
  const to = input.to ?? context.now();
  const from = input.from ?? new Date(to.getTime() - HOUR_MS);
  if (from >= to) throw wrong("from", "must be before `to`");
  const stepSeconds = input.step ?? chooseStep(from, to, input.points);
  if (countBuckets(from, to, stepSeconds) > MAX_POINTS)
    throw wrong(
      "step",
      `a step of ${stepSeconds} s over this range gives more than ${MAX_POINTS} points; take a longer step`,
    );
  const found = await findSeries(context, metrics);
  const tooMany = metrics.find((_, index) => found.filter((series) => series.index === index).length > MAX_SERIES);
  if (tooMany)
    throw wrong(
      "metadata",
      `more than ${MAX_SERIES} series of ${tooMany.name} match; name labels that tell them apart`,
    );
  const points = await readSeries(context.sql, found, bucketsOf(from, to, stepSeconds), to);
  return metrics.map(({ name }, index) => {
    const series = found.flatMap((one, i) =>
      one.index === index ? [{ unit: one.unit, metadata: one.metadata, points: points[i] ?? [] }] : [],
    );
    return { name, unit: series[0]?.unit ?? "", stepSeconds, series };
  });
}

interface FoundSeries extends ReadSeries {
  /** Which of the wanted metrics it is for. */
  index: number;
  unit: string;
  metadata: Labels;
}

async function findSeries(context: Context, metrics: readonly Wanted[]): Promise<FoundSeries[]> {
  const { rows } = await context.sql.query<Omit<FoundSeries, "agg">>({
    name: "find-series",
    text: `
      SELECT (w.n - 1)::int AS index, s.id, s.unit, s.metadata
      FROM unnest($1::text[], $2::jsonb[]) WITH ORDINALITY AS w(name, labels, n)
      CROSS JOIN LATERAL (
        SELECT id, unit, metadata FROM metric_series WHERE name = w.name AND metadata @> w.labels ORDER BY id LIMIT ${MAX_SERIES + 1}
      ) s
      ORDER BY w.n, s.id`,
    values: [metrics.map(({ name }) => name), metrics.map(({ metadata }) => JSON.stringify(metadata))],
  });
  return rows.map((row) => ({ ...row, agg: metrics[row.index]?.agg ?? "avg" }));
}

function wrong(path: string, message: string): Problem {
  return new Problem("invalid", `The query is not valid: ${path}: ${message}.`, [{ path, message }]);
}
