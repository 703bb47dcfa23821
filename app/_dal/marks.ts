import "server-only";
import type { ChartMark } from "@/app/_components/chart-types";
import type { Context } from "@/lib/core/context";
import { readIncidents } from "./overview-incidents";

/** What happened within a range, to be drawn on every chart: incidents. Anomalies and deploys join here. */
export async function readMarks(context: Context, range: { from: number; to: number }): Promise<ChartMark[]> {
  const { marks } = await readIncidents(context);
  return marks
    .filter(({ from, to }) => from < range.to && (to === null || to > range.from))
    .map((mark) => ({ ...mark, kind: "incident" }));
}
