import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Check, toCheck } from "./check";
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

interface Row {
  id: string;
  state: DisplayedState;
  counts: Partial<Record<DisplayedState, number>>;
}

/**
 * How all checks are, and the worst of them in full: what the overview shows, by four queries however many checks there are.
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
    WITH judged AS (SELECT c.id, c.label, ${state} AS state, ${rank} AS rank, ${sinceMs} AS since_ms FROM health_checks c)
    SELECT id, state, (SELECT json_object_agg(state, n) FROM (SELECT state, count(*)::int AS n FROM judged GROUP BY 1) s) AS counts
    FROM judged ORDER BY rank, since_ms, label, id LIMIT ${limit}`;
  const found = await context.db.healthCheck.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
  const byId = new Map(found.map((row) => [row.id, row]));
  return {
    checks: rows.flatMap(({ id, state }) => {
      const row = byId.get(id);
      return row ? [{ ...toCheck(row), state }] : [];
    }),
    counts: { ...NO_CHECKS, ...rows[0]?.counts },
    ...known,
    workerSilent: isWorkerSilent(now, known.workerLastSeenAt),
  };
}
