import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Prisma } from "@/lib/db/generated/client";
import { type DisplayedState, isWorkerSilent } from "./displayed-state";
import { type Watch, readWatch } from "./watch";

/**
 * `stateOf` as SQL, for filtering and counting in the database; a test holds the two together.
 * @returns an expression over the row `c` of health_checks
 */
export function displayedStateSql(now: Date, { workerLastSeenAt, maintained }: Watch): Prisma.Sql {
  return Prisma.sql`CASE
    WHEN c.paused_at IS NOT NULL THEN 'paused'
    WHEN c.id = ANY(${[...maintained.keys()]}::uuid[]) THEN 'maintenance'
    WHEN c.status IS NULL OR c.status = 'skipped' OR c.last_result_at IS NULL THEN 'unknown'
    WHEN ${isWorkerSilent(now, workerLastSeenAt)}::bool THEN 'stale'
    WHEN ${now}::timestamptz - c.last_result_at
      > make_interval(secs => greatest(2 * c.interval_seconds, c.interval_seconds + 60)) THEN 'stale'
    ELSE c.status::text END`;
}

/** No check at all, by state. */
export const NO_CHECKS: Readonly<Record<DisplayedState, number>> = {
  ok: 0,
  warning: 0,
  failed: 0,
  crashed: 0,
  maintenance: 0,
  paused: 0,
  stale: 0,
  unknown: 0,
};

/**
 * How many checks show each state, those with 0 too.
 * @throws Problem forbidden
 */
export async function countCheckStates(context: Context): Promise<Record<DisplayedState, number>> {
  authorize(context.actor, "read");
  const state = displayedStateSql(context.now(), await readWatch(context));
  const rows = await context.db.$queryRaw<{ state: DisplayedState; count: number }[]>`
    SELECT ${state} AS state, count(*)::int AS count FROM health_checks c GROUP BY 1`;
  return { ...NO_CHECKS, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
}
