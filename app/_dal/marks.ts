import "server-only";
import type { ChartMark } from "@/app/_components/chart-types";
import type { Context } from "@/lib/core/context";
import { listAnomalies } from "@/lib/metrics/anomalies/list-anomalies";
import { listDeploys } from "@/lib/incidents/deploys/list-deploys";
import { deployMark, readIncidents } from "./overview-incidents";

/** So many of the latest anomalies of a range are drawn. */
const MAX_ANOMALIES = 200;
/** And of the latest deploys. */
const MAX_DEPLOYS = 200;

interface Range {
  from: number;
  to: number;
}

/** What happened within a range, to be drawn on charts: incidents and deploys on every one, anomalies on their metric's. */
export async function readMarks(context: Context, range: Range): Promise<ChartMark[]> {
  const [events, anomalies] = await Promise.all([readEventMarks(context, range), readAnomalyMarks(context, range)]);
  return [...events, ...anomalies];
}

/** Incidents and deploys: no query of its own where the range is a recent one. */
export async function readEventMarks(context: Context, { from, to }: Range): Promise<ChartMark[]> {
  const { marks, deploysSince } = await readIncidents(context);
  const within = marks.filter((mark) => mark.from < to && (mark.to === null || mark.to > from));
  if (deploysSince <= from) return within;
  const { items } = await listDeploys(context, { from: new Date(from), to: new Date(to), limit: MAX_DEPLOYS });
  return [...within.filter(({ kind }) => kind !== "deploy"), ...items.map(deployMark)];
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
