import type { JudgedChart } from "../anomalies/judge-charts";
import type { MetricResult, MetricSeriesPoints } from "../get-metrics";
import type { MetricName } from "../list-metric-names";
import { aggregatedUnit } from "./fitting-aggregates";
import { lineLabels } from "./line-labels";
import { type PanelQuery, writeMatcher } from "./panel-query";
import type { PanelChart } from "./panel-result";

/** More lines than these nobody tells apart: six colours in four kinds of line. */
export const MAX_LINES = 24;

interface Found {
  query: PanelQuery;
  result: MetricResult;
  /** The same metric so long before, where it is compared with. */
  before: MetricResult | undefined;
  /** What the detector says about it. */
  judged?: JudgedChart | undefined;
  /** undefined: there is no such metric, or it came just now. */
  metric: MetricName | undefined;
  /** All lines, not only those that can be told apart: for a file. */
  all?: boolean;
}

/** What was read of a metric as a chart: one unit, at most so many lines, each with its label. Pure. */
export function toChart({ query, result, before, judged, metric, all = false }: Found): PanelChart {
  const { series, stepSeconds } = result;
  const unit = series[0]?.unit ?? "";
  const sameUnit = series.filter((one) => one.unit === unit);
  const shown = all || sameUnit.length <= MAX_LINES ? sameUnit : highest(sameUnit, MAX_LINES);
  const labels = lineLabels(shown, query.name);
  const earlier = new Map(before?.series.map((one) => [keyOf(one), one.points.map(({ value }) => round(value))]));
  const times = series[0]?.points.map(({ at }) => at.getTime()) ?? [];
  const step = stepSeconds * 1000;
  const isEven = times.every((time, index) => index === 0 || time - (times[index - 1] ?? 0) === step);
  const usual = judged?.usual;
  const notes: string[] = [];
  const otherUnits = [...new Set(series.map((one) => one.unit))].filter((one) => one !== unit);
  if (otherUnits.length > 0)
    notes.push(
      `Shown are the series in ${unit || "no unit"}; ${series.length - sameUnit.length} more are in ${otherUnits.map((one) => one || "no unit").join(", ")}.`,
    );
  if (shown.length < sameUnit.length)
    notes.push(
      `Shown are the ${shown.length} of ${sameUnit.length} series with the highest values; filter or group them to see the others.`,
    );
  return {
    unit: aggregatedUnit(query.agg, unit, series[0]?.kind),
    start: times[0] ?? 0,
    step,
    ...(isEven ? {} : { times }),
    lines: shown.map((one, index) => ({
      label: labels[index] ?? query.name,
      metadata: one.metadata,
      seriesCount: one.seriesCount,
      values: one.points.map(({ value }) => round(value)),
      ...(before ? { before: earlier.get(keyOf(one)) ?? [] } : {}),
      ...(usual ? { usual: { low: usual.low.map(round), high: usual.high.map(round) } } : {}),
    })),
    total: sameUnit.length,
    anomalies: judged?.anomalies ?? [],
    empty: whyEmpty(query, metric, series),
    notes,
  };
}

const keyOf = ({ metadata, unit }: MetricSeriesPoints): string => JSON.stringify([unit, metadata]);

/** Six digits are more than a chart shows. */
const round = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(6)));

/** Those with the highest mean, in their own order. */
function highest(series: readonly MetricSeriesPoints[], count: number): MetricSeriesPoints[] {
  const mean = ({ points }: MetricSeriesPoints) => {
    const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
    return values.length === 0 ? -Infinity : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const ranked = series.map((one) => ({ one, mean: mean(one) })).toSorted((a, b) => b.mean - a.mean);
  const kept = new Set(ranked.slice(0, count).map(({ one }) => one));
  return series.filter((one) => kept.has(one));
}

function whyEmpty(
  { name, matchers }: PanelQuery,
  metric: MetricName | undefined,
  series: readonly MetricSeriesPoints[],
): string | undefined {
  const filters = matchers.map(writeMatcher).join(" and ");
  if (series.length === 0 && !metric) return `There is no metric called ${name}.`;
  if (series.length === 0)
    return metric?.seriesCount === 1
      ? `The only series of ${name} does not fit ${filters}.`
      : `None of the ${metric?.seriesCount} series of ${name} fits ${filters}.`;
  if (series.some(({ points }) => points.some(({ value }) => value !== null))) return undefined;
  return `Nothing was recorded for ${series.length === 1 ? "this series" : `these ${series.length} series`} in this range.`;
}
