import "server-only";
import type { ChartMark } from "@/app/_components/chart-types";
import type { Context } from "@/lib/core/context";
import { listDeploys } from "@/lib/incidents/deploys/list-deploys";
import { deployMark, readIncidents } from "./overview-incidents";

/** So many of the latest deploys of a range are drawn. */
const MAX_DEPLOYS = 200;

interface Range {
  from: number;
  to: number;
}

/** What happened within a range, to be drawn on every chart: incidents and deploys. No query of its own where the range is a recent one. */
export async function readMarks(context: Context, { from, to }: Range): Promise<ChartMark[]> {
  const { marks, deploysSince } = await readIncidents(context);
  const within = marks.filter((mark) => mark.from < to && (mark.to === null || mark.to > from));
  if (deploysSince <= from) return within;
  const { items } = await listDeploys(context, { from: new Date(from), to: new Date(to), limit: MAX_DEPLOYS });
  return [...within.filter(({ kind }) => kind !== "deploy"), ...items.map(deployMark)];
}
