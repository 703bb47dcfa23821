import "server-only";
import { cache } from "react";
import type { ChartMark } from "@/app/_components/chart-types";
import type { RangeName } from "@/app/_components/ranges";
import { RANGES } from "@/app/_components/ranges";
import type { Check } from "@/lib/checks/check";
import { type DisplayedState, stateOf } from "@/lib/checks/displayed-state";
import { getCheck } from "@/lib/checks/get-check";
import { getUptime, type Uptime } from "@/lib/checks/get-uptime";
import { type HistoryBucket, listCheckHistory } from "@/lib/checks/list-check-history";
import { listCheckResults } from "@/lib/checks/list-check-results";
import type { Maintenance } from "@/lib/checks/maintained-checks";
import { listPhaseSeries, type PhasePoint } from "@/lib/checks/list-phase-series";
import { may } from "@/lib/core/actor";
import { isProblem } from "@/lib/core/errors";
import { readLive } from "./live";
import { CHART_TTL_MS, liveCache } from "./live-cache";
import { readMarks } from "./marks";
import { orNotFound } from "./or-not-found";
import { pageContext } from "./session";

const RESULTS_PAGE = 25;
/** The most pieces of each range that a bar of the history, or a point of the chart, stands for. */
const PIECES: Record<RangeName, number> = { "1h": 60, "6h": 72, "24h": 96, "7d": 84, "30d": 90 };

/** A check as its own pages show it: secrets in its config are dots. */
export interface CheckDetail extends Omit<Check, "status"> {
  state: DisplayedState;
  /** What the check itself says, where a maintenance window hides it. */
  ownState: DisplayedState;
  maintenance: Maintenance | null;
  mayEdit: boolean;
}

/** One check by id or key; an unknown one is a page that does not exist. Once a request. */
export const readCheck = cache(async (id: string): Promise<CheckDetail> => {
  const context = await pageContext();
  const [{ status, ...check }, watch] = await Promise.all([
    getCheck(context, { id }).catch(orNotFound),
    readLive(context),
  ]);
  return {
    ...check,
    state: stateOf({ ...check, status }, context.now(), watch),
    ownState: stateOf({ ...check, status }, context.now(), { ...watch, maintained: new Map() }),
    maintenance: watch.maintained.get(check.id) ?? null,
    mayEdit: may(context.actor, "checks:write"),
  };
});

export interface CheckHistory {
  from: Date;
  to: Date;
  pieces: HistoryBucket[];
  points: PhasePoint[];
  uptime: Uptime | undefined;
  marks: ChartMark[];
}

/** How a check was over a range, and its uptime: three queries and that of the marks, at most each 15 s, however many look. */
export async function readCheckHistory(
  { id, intervalSeconds }: Pick<CheckDetail, "id" | "intervalSeconds">,
  range: RangeName,
): Promise<CheckHistory> {
  const context = await pageContext();
  return liveCache().get(`check ${id} ${intervalSeconds} ${range}`, CHART_TTL_MS, async () => {
    const to = context.now();
    const from = new Date(to.getTime() - RANGES[range]);
    // A piece is no shorter than the interval: a check that runs each 5 min has no gaps in between.
    const pieces = Math.max(1, Math.min(PIECES[range], Math.floor(RANGES[range] / (intervalSeconds * 1000))));
    const [history, points, uptime, marks] = await Promise.all([
      listCheckHistory(context, { checkIds: [id], from, to, buckets: pieces }),
      listPhaseSeries(context, { checkId: id, from, to, points: pieces }),
      getUptime(context, { checkIds: [id] }),
      readMarks(context, { from: from.getTime(), to: to.getTime() }),
    ]);
    return { from, to, pieces: history.get(id) ?? [], points, uptime: uptime.get(id), marks };
  });
}

/** A page of a check's results, newest first; a cursor that is none starts at the beginning. */
export async function readCheckResults(checkId: string, cursor: string | undefined) {
  const context = await pageContext();
  const read = (from: string | undefined) => listCheckResults(context, { checkId, cursor: from, limit: RESULTS_PAGE });
  return read(cursor).catch((error: unknown) => {
    if (cursor !== undefined && isProblem(error) && error.kind === "invalid") return read(undefined);
    throw error;
  });
}
