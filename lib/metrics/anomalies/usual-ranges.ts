import type { Context } from "@/lib/core/context";
import type { MetricResult } from "../get-metrics";
import type { Aggregate } from "../query/aggregates";
import type { MetricKind } from "../sample";
import { listBands, type UsualRange } from "./list-bands";

/** What the detector looks at of each kind (judge-series.ts, watched-series.ts): the band says nothing about another aggregate. */
const LEVELS: readonly Aggregate[] = ["avg", "min", "max", "last"];
const JUDGED: Record<MetricKind, readonly Aggregate[]> = {
  gauge: LEVELS,
  delta: LEVELS,
  counter: ["rate"],
  distribution: ["p95"],
};

interface Drawn {
  agg: Aggregate;
  result: MetricResult;
}

/** The series whose band belongs behind a chart: that of its only line, where it is one series, as it is judged. Pure. */
export function bandedSeries({ agg, result: { series } }: Drawn): number | undefined {
  const [line] = series;
  if (series.length !== 1 || !line?.kind || !JUDGED[line.kind].includes(agg)) return undefined;
  return line.seriesId;
}

/**
 * What was usual behind each of some charts over the same times, by one statement, or by none where no chart has a band.
 * @param drawn what each chart shows; undefined for one that can have no band
 * @returns one for each; undefined where there is nothing to draw. @throws Problem forbidden
 */
export async function readUsualRanges(
  context: Context,
  drawn: readonly (Drawn | undefined)[],
  end: number,
): Promise<(UsualRange | undefined)[]> {
  const ids = drawn.map((one) => one && bandedSeries(one));
  const first = drawn.find((_, i) => ids[i] !== undefined);
  const times = first?.result.series[0]?.points.map(({ at }) => at.getTime()) ?? [];
  const bands = await listBands(context, { seriesIds: ids.filter((id) => id !== undefined), times, end });
  return ids.map((id) => (id === undefined ? undefined : bands.get(id)));
}
