import "server-only";
import { z } from "zod";
import { type State, STATES } from "@/app/_components/state";
import { type StripRun, toRuns } from "@/app/_components/status-strip";
import { listCheckHistory } from "@/lib/checks/list-check-history";
import { getUptime } from "@/lib/checks/get-uptime";
import { listChecks } from "@/lib/checks/list-checks";
import { DISPLAYED_STATES, stateOf } from "@/lib/checks/displayed-state";
import { CHECK_TYPES } from "@/lib/checks/registry";
import { may } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { isProblem } from "@/lib/core/errors";
import { isStorable } from "@/lib/core/storable";
import { readLive } from "./live";
import { CHART_TTL_MS, LIVE_TTL_MS, liveCache } from "./live-cache";
import { pageContext } from "./session";

const PAGE = 25;
const DAY_MS = 86_400_000;
/** Half hours of a day. */
const STRIP_PIECES = 48;

/** What the address of the list says; what it gets wrong is left out. */
const filter = z.object({
  query: z.string().trim().max(200).refine(isStorable).catch(""),
  status: z.enum(DISPLAYED_STATES).optional().catch(undefined),
  type: z
    .string()
    .refine((type) => CHECK_TYPES.has(type))
    .optional()
    .catch(undefined),
  sort: z.enum(["worst", "label"]).catch("worst"),
  cursor: z.string().max(500).optional().catch(undefined),
});
export type CheckListFilter = z.output<typeof filter>;

export function parseCheckListFilter(address: unknown): CheckListFilter {
  return filter.parse(address);
}

/** A check as its row shows it. */
export interface ListedCheck extends CheckDay {
  id: string;
  label: string;
  type: string;
  state: State;
  summary: string | null;
  /** The cause; empty while all is well. */
  message: string;
  lastResultAt: number | null;
  /** The end of the maintenance window that is open over it. */
  maintainedUntil: number | null;
}

/** What a row shows of the last 24 hours. */
export interface CheckDay {
  strip: readonly StripRun[];
  /** Percent; null before the first result. */
  uptime: number | null;
}

export interface CheckList {
  items: ListedCheck[];
  next: string | null;
  /** How many checks show each state, whatever the filter. */
  counts: readonly { state: State; count: number }[];
  total: number;
  mayEdit: boolean;
}

/** One page of the list: four queries of its own, at most each 4 s, its last 24 hours each 15 s, however many look at it. */
export async function readCheckList(wanted: CheckListFilter): Promise<CheckList> {
  const context = await pageContext();
  const [live, page] = await Promise.all([readLive(context), readPage(context, wanted)]);
  const days = await readDays(
    context,
    page.items.map(({ id }) => id),
  );
  const now = context.now();
  const items = page.items.map((check) => ({
    id: check.id,
    label: check.label,
    type: CHECK_TYPES.get(check.type)?.label ?? check.type,
    state: stateOf(check, now, live),
    maintainedUntil: live.maintained.get(check.id)?.until.getTime() ?? null,
    summary: check.lastResult?.shortSummary ?? null,
    message: check.lastResult?.message ?? "",
    lastResultAt: check.lastResultAt?.getTime() ?? null,
    ...(days.get(check.id) ?? { strip: [], uptime: null }),
  }));
  const counts = DISPLAYED_STATES.map((state) => ({ state, count: live.counts[state] })).toSorted(
    (a, b) => STATES[a.state].rank - STATES[b.state].rank,
  );
  return {
    items,
    next: page.next,
    counts,
    total: counts.reduce((sum, { count }) => sum + count, 0),
    mayEdit: may(context.actor, "checks:write"),
  };
}

async function readPage(context: Context, { status, type, query, sort, cursor }: CheckListFilter) {
  const read = (from: string | undefined) =>
    listChecks(context, { query, status, type, sort, cursor: from, limit: PAGE });
  return liveCache().get(`checks ${JSON.stringify([query, status, type, sort, cursor])}`, LIVE_TTL_MS, () =>
    read(cursor).catch((error: unknown) => {
      // A cursor that was cut off or is of another order: the list starts at its beginning.
      if (cursor !== undefined && isProblem(error) && error.kind === "invalid") return read(undefined);
      throw error;
    }),
  );
}

/** The last 24 hours of the listed checks: two queries for all of them. By check id. */
async function readDays(context: Context, ids: readonly string[]): Promise<ReadonlyMap<string, CheckDay>> {
  if (ids.length === 0) return new Map();
  const checkIds = ids.toSorted();
  return liveCache().get(`list days ${checkIds.join()}`, CHART_TTL_MS, async () => {
    const to = context.now();
    const [history, uptime] = await Promise.all([
      listCheckHistory(context, { checkIds, from: new Date(to.getTime() - DAY_MS), to, buckets: STRIP_PIECES }),
      getUptime(context, { checkIds }),
    ]);
    return new Map(
      [...history].map(([id, pieces]) => [
        id,
        { strip: toRuns(pieces.map(({ status }) => status)), uptime: uptime.get(id)?.h24 ?? null },
      ]),
    );
  });
}
