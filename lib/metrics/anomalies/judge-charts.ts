import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import type { MetricResult } from "../get-metrics";
import type { Aggregate } from "../query/aggregates";
import type { Matcher } from "../query/matchers";
import type { Labels, MetricKind } from "../sample";
import { listJudged, type UsualRange } from "./list-judged";

/** What the detector looks at of each kind (judge-series.ts, watched-series.ts): the band says nothing about another aggregate. */
const LEVELS: readonly Aggregate[] = ["avg", "min", "max", "last"];
const JUDGED: Record<MetricKind, readonly Aggregate[]> = {
  gauge: LEVELS,
  delta: LEVELS,
  counter: ["rate"],
  distribution: ["p95"],
};

/** A chart: what it shows, and of which metrics. */
export interface ChartToJudge {
  metrics: readonly { name: string; matchers: readonly Matcher[] }[];
  /** Its only metric as it was read; where there are several, it has no band. */
  only?: { agg: Aggregate; result: MetricResult };
}

/** What the detector says about a chart. */
export interface JudgedChart {
  /** undefined where there is nothing to draw. */
  usual: UsualRange | undefined;
  /** In the order of time. */
  anomalies: { at: number; label: string }[];
}

/** The series whose band belongs behind a chart: that of its only line, where it is one series, as it is judged. Pure. */
export function bandedSeries({ only }: ChartToJudge): number | undefined {
  const lines = only?.result.series ?? [];
  const [line] = lines;
  if (!only || lines.length !== 1 || !line?.kind || !JUDGED[line.kind].includes(only.agg)) return undefined;
  return line.seriesId;
}

/**
 * What was usual and what was odd on some charts over the same times, by one statement.
 * @param times start of each bucket @param end of the last one
 * @returns one for each of `charts`. @throws Problem forbidden
 */
export async function judgeCharts(
  context: Context,
  { charts, times, end }: { charts: readonly ChartToJudge[]; times: readonly Date[]; end: Date },
): Promise<JudgedChart[]> {
  authorize(context.actor, "read");
  const ids = charts.map(bandedSeries);
  const targets = charts.flatMap(({ metrics }, chart) => metrics.map((metric) => ({ ...metric, chart })));
  const { usual, odd } = await listJudged(context, {
    times: times.map((time) => time.getTime()),
    end: end.getTime(),
    seriesIds: ids.filter((id) => id !== undefined),
    charts: targets,
  });
  return charts.map((chart, index) => {
    const id = ids[index];
    const lines = chart.only?.result.series ?? [];
    const isOne = lines.length === 1 && lines[0]?.seriesId !== undefined;
    return {
      usual: id === undefined ? undefined : usual.get(id),
      anomalies: odd
        .filter((point) => targets[point.chart]?.chart === index)
        .map(({ at, metadata, reason }) => ({ at, label: isOne ? reason : `${seriesText(metadata)}${reason}` })),
    };
  });
}

/** "host=web-2: ", to say whose point it is where several lines are drawn. */
function seriesText(metadata: Labels): string {
  const labels = Object.entries(metadata).map(([label, value]) => `${label}=${String(value)}`);
  return labels.length === 0 ? "" : `${labels.join(" ")}: `;
}
