import "server-only";
import { anomalyMarks } from "@/app/_components/anomaly-marks";
import type { TimeChartProps } from "@/app/_components/chart-types";
import { RANGES, type RangeName } from "@/app/_components/ranges";
import type { MonitoringConfig } from "@/lib/config";
import type { Context } from "@/lib/core/context";
import { formatMs, formatPercent } from "@/lib/core/format";
import { judgeCharts } from "@/lib/metrics/anomalies/judge-charts";
import { getMetricsMany, type MetricResult } from "@/lib/metrics/get-metrics";

/** Seconds between two points: 60 to 180 of them in each range. */
const STEP_SECONDS: Record<RangeName, number> = { "1h": 60, "6h": 120, "24h": 600, "7d": 3_600, "30d": 14_400 };

interface Line {
  metric: string;
  label: string;
  /** A quantile of the metric's distributions: one over all processes. */
  quantile?: "p50" | "p95" | "p99";
  /** What stands for a step: its average where unset. */
  agg?: "last";
  /** Only the series with these labels. With a quantile: what is shown for times of which there is no distribution. */
  metadata?: Record<string, string>;
}

interface ChartPlan {
  title: string;
  unit: string;
  lines: readonly Line[];
  max?: number;
  thresholds?: (limits: MonitoringConfig["thresholds"]) => TimeChartProps["thresholds"];
}

/** The charts of the overview. Another one is another entry here. */
const CHARTS: readonly ChartPlan[] = [
  {
    title: "Response time",
    unit: "ms",
    lines: (["p50", "p95", "p99"] as const).map((quantile) => ({
      metric: "response_time",
      label: quantile,
      quantile,
      metadata: { quantile },
    })),
    thresholds: ({ responseTimeMs }) => [{ value: responseTimeMs, label: `limit ${formatMs(responseTimeMs)}` }],
  },
  {
    title: "Error rate",
    unit: "percent",
    lines: [{ metric: "error_rate", label: "Error rate" }],
    thresholds: ({ errorRatePercent }) => [
      { value: errorRatePercent, label: `limit ${formatPercent(errorRatePercent)}` },
    ],
  },
  { title: "CPU", unit: "percent", lines: [{ metric: "cpu_usage", label: "CPU" }], max: 100 },
  {
    title: "Memory",
    unit: "percent",
    lines: [{ metric: "memory_usage", label: "Memory" }],
    max: 100,
    thresholds: ({ memoryPercent }) => [{ value: memoryPercent, label: `limit ${formatPercent(memoryPercent)}` }],
  },
  {
    title: "Queue",
    unit: "count",
    // As it stood at the end of each step: the newest numbers are those of the widget beside it.
    lines: [
      { metric: "queue_size", label: "pending", agg: "last" },
      { metric: "queue_failed", label: "failed", agg: "last" },
    ],
  },
];

/** The charts of the overview over one range up to `to`, with what was usual and odd: three statements for all of them. */
export async function readCharts(context: Context, range: RangeName, to: Date): Promise<TimeChartProps[]> {
  const from = new Date(to.getTime() - RANGES[range]);
  const lines = CHARTS.flatMap((chart) => chart.lines);
  const parts = lines.flatMap((line) => partsOf(line).map((wanted) => ({ line, wanted })));
  const results = await getMetricsMany(context, {
    from,
    to,
    step: STEP_SECONDS[range],
    metrics: parts.map(({ wanted }) => wanted),
  });
  const found = new Map(lines.map((line) => [line, results.filter((_, index) => parts[index]?.line === line)]));
  const times = results.find(({ series }) => series.length > 0)?.series[0]?.points.map(({ at }) => at) ?? [];
  const charts = CHARTS.map((chart) => ({ metrics: metricsOf(chart.lines), only: onlyResult(chart.lines, found) }));
  const judged = await judgeCharts(context, { charts, times, end: to });
  return CHARTS.map(({ title, unit, max, thresholds, lines: drawn }, index) => ({
    title,
    unit,
    from: from.getTime(),
    to: to.getTime(),
    start: times[0]?.getTime() ?? from.getTime(),
    step: STEP_SECONDS[range] * 1000,
    series: drawn.map((line) => ({
      label: line.label,
      values: firstOf(found.get(line) ?? [], unit),
      usual: judged[index]?.usual,
    })),
    max,
    thresholds: thresholds?.(context.config.thresholds),
    marks: anomalyMarks(judged[index]?.anomalies ?? []),
  }));
}

const metricsOf = (lines: readonly Line[]) =>
  [...new Set(lines.map(({ metric }) => metric))].map((name) => ({ name, matchers: [] }));

/** What a chart of one line is drawn from, where that is one metric as it is. */
function onlyResult(lines: readonly Line[], found: ReadonlyMap<Line, readonly MetricResult[]>) {
  const [line] = lines;
  const [result, other] = (line && found.get(line)) ?? [];
  return line && lines.length === 1 && result && !other ? { agg: line.agg ?? ("avg" as const), result } : undefined;
}

/** What a line is read from, the best first. */
function partsOf({ metric, quantile, metadata, agg }: Line) {
  const plain = { name: metric, metadata, agg };
  return quantile ? [{ name: metric, kind: "distribution" as const, agg: quantile, by: [] }, plain] : [plain];
}

/** At each time the first that has a value. */
function firstOf(results: readonly MetricResult[], unit: string): (number | null)[] {
  const [best = [], ...others] = results.map((result) => worstOf(result, unit)).filter((line) => line.length > 0);
  return best.map(
    (value, index) => value ?? others.map((line) => line[index] ?? null).find((other) => other !== null) ?? null,
  );
}

/** Several machines or processes report the same metric: the line shows the highest of them, whole or with four digits. */
function worstOf(result: MetricResult, unit: string): (number | null)[] {
  const [first, ...rest] = result.series;
  if (!first) return [];
  return first.points.map(({ value }, index) => {
    const values = [value, ...rest.map(({ points }) => points[index]?.value ?? null)].filter((each) => each !== null);
    if (values.length === 0) return null;
    const highest = Math.max(...values);
    return unit === "count" ? Math.round(highest) : Number(highest.toPrecision(4));
  });
}
