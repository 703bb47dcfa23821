import "server-only";
import type { ChartMark } from "@/app/_components/chart-types";
import type { Context } from "@/lib/core/context";
import { listAnomalies } from "@/lib/metrics/anomalies/list-anomalies";
import { readIncidents } from "./overview-incidents";

/** So many of the latest anomalies of a range are drawn. */
const MAX_ANOMALIES = 200;

interface Range {
  from: number;
  to: number;
}

/** What happened within a range, to be drawn on charts: incidents on every one, anomalies on their metric's. Deploys join here. */
export async function readMarks(context: Context, range: Range): Promise<ChartMark[]> {
  const [{ marks }, anomalies] = await Promise.all([readIncidents(context), readAnomalyMarks(context, range)]);
  const incidents = marks
    .filter(({ from, to }) => from < range.to && (to === null || to > range.from))
    .map((mark): ChartMark => ({ ...mark, kind: "incident" }));
  return [...incidents, ...anomalies];
}

/** What somebody marked as expected is no mark. */
async function readAnomalyMarks(context: Context, { from, to }: Range): Promise<ChartMark[]> {
  const { items } = await listAnomalies(context, {
    from: new Date(from),
    to: new Date(to),
    show: "unexpected",
    limit: MAX_ANOMALIES,
  });
  return items.map(({ name, at, reason }) => ({
    kind: "anomaly",
    metric: name,
    from: at.getTime(),
    to: at.getTime(),
    label: `Anomaly: ${reason}`,
    tone: "info",
  }));
}

/** The marks of a chart of this metric. */
export const marksOf = (marks: readonly ChartMark[], metric: string | undefined): ChartMark[] =>
  marks.filter((mark) => mark.metric === undefined || mark.metric === metric);
