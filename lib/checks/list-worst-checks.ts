import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Check, CHECK_COLUMNS, type StoredCheck, toCheck } from "./check";
import { NO_CHECKS, displayedStateSql } from "./count-check-states";
import { type DisplayedState, isWorkerSilent } from "./displayed-state";
import { type Watch, readWatch } from "./watch";
import { worstFirstSql } from "./worst-first";

export interface WorstChecks extends Watch {
  /** Worst first; among those in trouble the longest first, else by label. */
  checks: (Check & { state: DisplayedState })[];
  /** Of all checks, not only those listed. */
  counts: Record<DisplayedState, number>;
  workerSilent: boolean;
}

interface Row extends StoredCheck {
  state: DisplayedState;
  counts: Partial<Record<DisplayedState, number>>;
}

/**
 * How all checks are, and the worst of them in full: what the overview shows, by one query (and the watch's) however many checks there are.
 * @param limit how many checks to list
 * @param watch by whoever has asked already
 * @throws Problem forbidden
 */
export async function listWorstChecks(
  context: Context,
  { limit, watch }: { limit: number; watch?: Watch },
): Promise<WorstChecks> {
  authorize(context.actor, "read");
  const now = context.now();
  const known = watch ?? (await readWatch(context));
  const state = displayedStateSql(now, known);
  const { rank, sinceMs } = worstFirstSql(state);
  const rows = await context.db.$queryRaw<Row[]>`
    WITH judged AS (SELECT c.id, c.label, ${state} AS state, ${rank} AS rank, ${sinceMs} AS since_ms FROM health_checks c),
      worst AS (SELECT * FROM judged ORDER BY rank, since_ms, label, id LIMIT ${limit})
    SELECT ${CHECK_COLUMNS}, w.state, (SELECT json_object_agg(state, n) FROM (SELECT state, count(*)::int AS n FROM judged GROUP BY 1) s) AS counts
    FROM worst w JOIN health_checks c ON c.id = w.id ORDER BY w.rank, w.since_ms, w.label, w.id`;
  return {
    checks: rows.map((row) => ({ ...toCheck(row), state: row.state })),
    counts: { ...NO_CHECKS, ...rows[0]?.counts },
    ...known,
    workerSilent: isWorkerSilent(now, known.workerLastSeenAt),
  };
}
