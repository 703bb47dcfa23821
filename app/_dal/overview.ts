import "server-only";
import type { TimeChartProps } from "@/app/_components/chart-types";
import { RANGES, type RangeName } from "@/app/_components/ranges";
import { judge, type Verdict } from "@/app/_components/verdict";
import type { AlertAttention } from "@/lib/alerting/read-attention";
import { may } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import type { RecentErrors } from "@/lib/errors/groups/recent-errors";
import { readLive } from "./live";
import { CHART_TTL_MS, liveCache } from "./live-cache";
import { readCharts } from "./overview-charts";
import { type OverviewCheck, readCards } from "./overview-checks";
import { type OpenIncident, readIncidents } from "./overview-incidents";
import { type DiskNow, type QueueNow, readNow } from "./overview-now";
import { pageContext } from "./session";

export interface OverviewChecks {
  verdict: Verdict;
  /** Worst first. */
  cards: OverviewCheck[];
  /** Of all checks, those without a card too. */
  total: number;
  alerts: AlertAttention;
  isAdmin: boolean;
  mayEdit: boolean;
}

/** Is everything all right, and the cards. */
export async function getOverviewChecks(): Promise<OverviewChecks> {
  const context = await pageContext();
  const live = await readLive(context);
  return {
    verdict: judge(live),
    cards: await readCards(context, live),
    total: Object.values(live.counts).reduce((sum, count) => sum + count, 0),
    alerts: live.alerts,
    isAdmin: may(context.actor, "admin"),
    mayEdit: may(context.actor, "checks:write"),
  };
}

export interface OverviewHistory {
  charts: TimeChartProps[];
  queue: QueueNow;
  disks: DiskNow[];
  diskLimitPercent: number;
  incidents: OpenIncident[];
  errors: RecentErrors;
}

/** How it has been over a range: the charts with what happened and was odd as marks, the queue, the disks, what is open and what broke. */
export async function getOverviewHistory(range: RangeName): Promise<OverviewHistory> {
  const context = await pageContext();
  const [{ charts, queue, disks }, incidents, { errors }] = await Promise.all([
    readSamples(context, range),
    readIncidents(context),
    readLive(context),
  ]);
  const since = context.now().getTime() - RANGES[range];
  const marks = incidents.marks.filter(({ to }) => to === null || to > since);
  return {
    charts: charts.map((chart) => ({ ...chart, marks: [...marks, ...(chart.marks ?? [])] })),
    queue,
    disks,
    diskLimitPercent: 100 - context.config.thresholds.diskRemainingPercent,
    incidents: incidents.open,
    errors,
  };
}

/** Charts and newest numbers up to the same moment, so that none says what the other does not: at most each 15 s, however many look. */
async function readSamples(context: Context, range: RangeName) {
  return liveCache().get(`samples ${range}`, CHART_TTL_MS, async () => {
    const to = context.now();
    const [charts, now] = await Promise.all([readCharts(context, range, to), readNow(context, to)]);
    return { charts, ...now };
  });
}
