import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";

/** The share of results that did not fail, in percent; null where there is none. */
export interface Uptime {
  h24: number | null;
  d7: number | null;
  d30: number | null;
  d90: number | null;
}

const DAY_MS = 86_400_000;

/**
 * Uptime of checks: (ok + warning) of all results that say something (skipped ones and those of maintenance windows don't). The last 24 hours from the
 * results, the longer spans from the counts of UTC days, today included.
 * @param checkIds ids; every check where left out
 * @returns by check id; a check without any result is there too, with nulls
 * @throws Problem forbidden
 */
export async function getUptime(
  context: Context,
  { checkIds }: { checkIds?: readonly string[] } = {},
): Promise<Map<string, Uptime>> {
  authorize(context.actor, "read");
  const now = context.now();
  const firstDay = (days: number) => new Date(now.getTime() - (days - 1) * DAY_MS).toISOString().slice(0, 10);
  const { rows } = await context.sql.query<Uptime & { id: string }>(UPTIME, [
    checkIds ?? null,
    new Date(now.getTime() - DAY_MS).toISOString(),
    firstDay(7),
    firstDay(30),
    firstDay(90),
  ]);
  return new Map(rows.map(({ id, ...uptime }) => [id, uptime]));
}

const UPTIME = `
  SELECT c.id, recent.h24, days.d7, days.d30, days.d90 FROM health_checks c
  LEFT JOIN LATERAL (
    SELECT 100.0::float8 * count(*) FILTER (WHERE status IN ('ok', 'warning')) / nullif(count(*), 0) AS h24
    FROM health_check_results WHERE check_id = c.id AND scheduled_at > $2::timestamptz AND status <> 'skipped' AND NOT meta ? 'maintenance'
  ) recent ON true
  LEFT JOIN LATERAL (
    SELECT
      100.0::float8 * sum(ok + warning) FILTER (WHERE day >= $3::date) / nullif(sum(ok + warning + failed + crashed) FILTER (WHERE day >= $3::date), 0) AS d7,
      100.0::float8 * sum(ok + warning) FILTER (WHERE day >= $4::date) / nullif(sum(ok + warning + failed + crashed) FILTER (WHERE day >= $4::date), 0) AS d30,
      100.0::float8 * sum(ok + warning) / nullif(sum(ok + warning + failed + crashed), 0) AS d90
    FROM health_check_days WHERE check_id = c.id AND day >= $5::date
  ) days ON true
  WHERE $1::uuid[] IS NULL OR c.id = ANY($1::uuid[])`;
