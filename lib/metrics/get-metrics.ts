import type { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { chooseStep, countBuckets } from "./buckets";
import { type Found, findSeries } from "./query/find-series";
import { groupSeries } from "./query/groups";
import { type Range, type Wanted, getMetricsInput, getMetricsManyInput, MAX_POINTS } from "./query/input";
import { invalid } from "./query/invalid";
import { finestKept, keptSince, refuseForgotten } from "./query/kept";
import { type PlannedMetric, planReadings } from "./query/plan-readings";
import { readLines } from "./query/read-lines";
import { coarserStep, MAX_ROWS, rowsRead, tooMuch } from "./query/reading-limit";
import { type Tier, coarsest, cutSpans, tierOf } from "./query/spans";
import { type TimeGrid, countLocalBuckets, layGrid } from "./query/time-grid";
import type { Labels, MetricKind } from "./sample";

/** Most lines of an answer. */
export const MAX_SERIES = 500;
/** Most series that are put together into groups. */
export const MAX_GROUPED = 10_000;
const HOUR_MS = 3_600_000;

export interface MetricPoint {
  /** Start of the bucket. */
  at: Date;
  /** null: nothing was recorded then, which is a gap and not a zero. */
  value: number | null;
}

export interface MetricSeriesPoints {
  unit: string;
  /** The series' labels; of a group, those that it was grouped by. */
  metadata: Labels;
  /** undefined for a group of several kinds. */
  kind: MetricKind | undefined;
  /** How many series it is made of: 1 where nothing was grouped. */
  seriesCount: number;
  /** Of the one series that it is; undefined for a group of several. */
  seriesId: number | undefined;
  /** One a bucket, in order, the same times for every series. */
  points: MetricPoint[];
}

export interface MetricResult {
  name: string;
  /** That of the first series; "" when there is none. */
  unit: string;
  stepSeconds: number;
  /** The coarsest that was read: what is not rolled up yet was read from samples. */
  tier: Tier;
  series: MetricSeriesPoints[];
}

/**
 * The series of a metric over a time range, aggregated into buckets by the database: whole multiples of the step since 1970
 * in UTC, or days of a time zone. Buckets without a sample are null; the first bucket is read whole, though the range may
 * start inside it. Reads roll-ups where they answer the same as the samples would.
 * @throws Problem invalid when the range or step gives more than 2,000 points, when more than 500 series match, when an
 * aggregate makes no sense for a series' kind, when what it needs is no longer kept, or is more than can be read at once
 */
export async function getMetrics(context: Context, input: z.input<typeof getMetricsInput>): Promise<MetricResult> {
  authorize(context.actor, "read");
  const { from, to, step, points, timezone, ...wanted } = parseInput(getMetricsInput, input, "The query");
  const [result] = await query(context, [wanted], { from, to, step, points, timezone });
  return result ?? { name: wanted.name, unit: "", stepSeconds: 60, tier: "raw", series: [] };
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
  const { metrics, ...range } = parseInput(getMetricsManyInput, input, "The query");
  return query(context, metrics, range);
}

/** @param leastStep in seconds: no shorter one is chosen where none is asked for */
async function query(context: Context, metrics: Wanted[], range: Range, leastStep = 60): Promise<MetricResult[]> {
  const since = keptSince(context.config, context.now());
  const { from, to, stepSeconds } = chooseGrid(context, range, metrics, leastStep);
  const grids = metrics.map(({ offset }) =>
    layGrid({ from, to, stepSeconds, timezone: range.timezone, offsetSeconds: offset }),
  );
  const found = await findSeries(context.sql, metrics, MAX_GROUPED, extent(grids));
  const planned = metrics.map((wanted, index): PlannedMetric & { tier: Tier } => {
    const grid = grids[index] ?? { bounds: [], to: 0, stepMs: undefined, shown: [] };
    const groups = groupFound(wanted, found, index);
    const tier = tierOf(grid);
    refuseForgotten(wanted, groups, grid, tier, since);
    return { wanted, groups, grid, tier, spans: cutSpans(grid, tier, found.rollups, since.raw) };
  });
  const plan = planReadings(planned);
  if (rowsRead(plan.readings) > MAX_ROWS) {
    const coarser = range.step === undefined ? coarserStep(stepSeconds) : undefined;
    if (coarser !== undefined) return query(context, metrics, range, coarser);
    throw tooMuch(
      metrics.map(({ name }) => name),
      plan.readings,
      stepSeconds,
    );
  }
  const lines = await readLines(context.sql, planned, plan, context.now());
  return planned.map((metric, index) => toResult(metric, stepSeconds, lines[index] ?? []));
}

function toResult(
  { wanted, groups, grid, spans }: PlannedMetric,
  stepSeconds: number,
  lines: readonly (readonly (number | null)[])[],
): MetricResult {
  const times = grid.shown.map((ms) => new Date(ms));
  return {
    name: wanted.name,
    unit: groups[0]?.unit ?? "",
    stepSeconds,
    tier: coarsest(spans),
    series: groups.map(({ unit, metadata, kind, series }, line) => ({
      unit,
      metadata,
      kind,
      seriesCount: series.length,
      seriesId: series.length === 1 ? series[0]?.id : undefined,
      points: times.map((at, bucket) => ({ at, value: lines[line]?.[bucket] ?? null })),
    })),
  };
}

function chooseGrid(context: Context, range: Range, metrics: readonly Wanted[], leastStep: number) {
  const to = range.to ?? context.now();
  const from = range.from ?? new Date(to.getTime() - HOUR_MS);
  if (from >= to) throw invalid("from", "must be before `to`");
  const furthest = Math.max(...metrics.map(({ offset }) => offset));
  const kept = finestKept(keptSince(context.config, context.now()), new Date(from.getTime() - furthest * 1000));
  const stepSeconds = range.step ?? chooseStep(from, to, range.points, Math.max(leastStep, kept));
  const isLocal = range.timezone !== undefined && stepSeconds % 86_400 === 0;
  const count = isLocal ? countLocalBuckets(from, to, stepSeconds / 86_400) : countBuckets(from, to, stepSeconds);
  if (count > MAX_POINTS)
    throw invalid(
      "step",
      `a step of ${stepSeconds} s over this range gives more than ${MAX_POINTS} points; take a longer step`,
    );
  return { from, to, stepSeconds };
}

function extent(grids: readonly TimeGrid[]) {
  return {
    from: Math.min(...grids.map(({ bounds, to }) => bounds[0] ?? to)),
    to: Math.max(...grids.map(({ to }) => to)),
  };
}

function groupFound(wanted: Wanted, { series }: Found, index: number) {
  const own = series.filter((one) => one.index === index);
  const most = wanted.by ? MAX_GROUPED : MAX_SERIES;
  if (own.length > most)
    throw invalid(
      "metadata",
      `more than ${most} series of ${wanted.name} match; name labels that tell them apart${wanted.by ? "" : ", or group them by some"}`,
    );
  const groups = groupSeries(own, wanted.by);
  if (groups.length > MAX_SERIES)
    throw invalid("by", `more than ${MAX_SERIES} groups of ${wanted.name}; group by fewer labels`);
  return groups;
}
