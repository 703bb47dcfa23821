import "server-only";
import type { State } from "@/app/_components/state";
import { type StripRun, toRuns } from "@/app/_components/status-strip";
import { staleAfterMs } from "@/lib/checks/displayed-state";
import { listCheckHistory } from "@/lib/checks/list-check-history";
import type { WorstChecks } from "@/lib/checks/list-worst-checks";
import type { Context } from "@/lib/core/context";
import { CHART_TTL_MS, liveCache } from "./live-cache";

/** A check as its card shows it. */
export interface OverviewCheck {
  id: string;
  label: string;
  state: State;
  /** The number that matters; null before the first result. */
  summary: string | null;
  message: string;
  lastResultAt: number | null;
  /** The end of the maintenance window that is open over it. */
  maintainedUntil: number | null;
  /** The last 24 hours in half hours. */
  strip: readonly StripRun[];
  /** Mean time of a run in ms over the last 24 hours; null is a gap. */
  durations: (number | null)[];
}

const DAY_MS = 86_400_000;
const PIECES = 48;
const PIECE_MS = DAY_MS / PIECES;

/** By check id. */
type Day = ReadonlyMap<string, { strip: (State | null)[]; durations: (number | null)[] }>;

/** The cards of the listed checks: one query for the last 24 hours of all of them, at most each 15 s. */
export async function readCards(context: Context, { checks, maintained }: WorstChecks): Promise<OverviewCheck[]> {
  const checkIds = checks.map(({ id }) => id).toSorted();
  const day = await liveCache().get(`days ${checkIds.join()}`, CHART_TTL_MS, () => readDay(context, checkIds));
  return checks.map(({ id, label, state, intervalSeconds, lastResult, lastResultAt }) => ({
    id,
    label,
    state,
    summary: lastResult?.shortSummary ?? null,
    message: lastResult?.message ?? "",
    lastResultAt: lastResultAt?.getTime() ?? null,
    maintainedUntil: maintained.get(id)?.until.getTime() ?? null,
    strip: toRuns(carried(day.get(id)?.strip ?? [], staleAfterMs(intervalSeconds) / PIECE_MS)),
    durations: merged(day.get(id)?.durations ?? [], Math.ceil((intervalSeconds * 1000) / PIECE_MS)),
  }));
}

async function readDay(context: Context, checkIds: readonly string[]): Promise<Day> {
  const to = context.now();
  const from = new Date(to.getTime() - DAY_MS);
  const history = await listCheckHistory(context, { checkIds, from, to, buckets: PIECES });
  return new Map(
    [...history].map(([id, pieces]) => [
      id,
      { strip: pieces.map(({ status }) => status), durations: pieces.map(({ meanMs }) => meanMs) },
    ]),
  );
}

/** A state stands for its check until its result is stale: a check that runs each hour leaves no gaps in between. Pure. */
function carried(pieces: readonly (State | null)[], longest: number): (State | null)[] {
  let known = -Infinity;
  return pieces.map((state, index) => {
    if (state !== null) known = index;
    return index - known < longest ? (pieces[known] ?? null) : state;
  });
}

/** Pieces joined until each is as long as the check's interval, with their mean. Pure. */
function merged(pieces: readonly (number | null)[], size: number): (number | null)[] {
  return Array.from({ length: Math.ceil(pieces.length / size) }, (_, index) => {
    const values = pieces.slice(index * size, (index + 1) * size).filter((value) => value !== null);
    return values.length === 0
      ? null
      : Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10) / 10;
  });
}
