import { type MonitoringConfig } from "@/lib/config";
import type { Context } from "@/lib/core/context";

/** How long a check was down within a range. */
export interface Downtime {
  checkId: string;
  label: string;
  /** Outside maintenance. */
  seconds: number;
  /** The share of results that did not fail, of the UTC days that begin in the range, in percent; null where there is none. */
  uptime: number | null;
}

const DAY_MS = 86_400_000;

/** The first UTC day of which every result is kept. Pure. */
export function resultsSince(now: Date, { retentionDays }: Pick<MonitoringConfig, "retentionDays">): Date {
  return new Date(Math.floor((now.getTime() - retentionDays * DAY_MS) / DAY_MS) * DAY_MS);
}

/**
 * How long checks were down. A result that failed (or whose check broke) outside maintenance counts from its slot to the next
 * result's, cut to the range; where the next one is long in coming (nobody looked) for as long as the gap before it, or the
 * check's interval where that is longer. Before the days of which results are kept, a UTC day's sum counts where the day begins.
 * @param checkIds ids; where left out every check that was down
 * @returns the longest first; with ids, each of them that there is
 */
export async function readDowntime(
  { sql, now, config }: Pick<Context, "sql" | "now" | "config">,
  { checkIds, from, to }: { checkIds?: readonly string[]; from: Date; to: Date },
): Promise<Downtime[]> {
  const kept = resultsSince(now(), config);
  const { rows } = await sql.query<Downtime>(READ, [
    checkIds ?? null,
    from.toISOString(),
    to.toISOString(),
    (kept > from ? kept : from).toISOString(),
    kept.toISOString(),
    now().toISOString(),
  ]);
  return rows;
}

const BAD = "r.status IN ('failed', 'crashed') AND NOT r.meta ? 'maintenance'";

/** A day's counts say on which days there is anything to look for, so that the results of all others stay unread. */
const READ = `
  WITH bad AS MATERIALIZED (
    SELECT r.check_id, r.scheduled_at AS at FROM health_check_days d
    JOIN health_check_results r ON r.check_id = d.check_id AND ${BAD}
      AND r.scheduled_at >= d.day::timestamp AT TIME ZONE 'UTC' AND r.scheduled_at < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
    WHERE d.failed + d.crashed > 0 AND ($1::uuid[] IS NULL OR d.check_id = ANY($1))
      AND d.day >= ($4::timestamptz AT TIME ZONE 'UTC')::date - 1 AND d.day <= ($3::timestamptz AT TIME ZONE 'UTC')::date
      AND r.scheduled_at >= greatest($4::timestamptz - interval '1 day', $5::timestamptz) AND r.scheduled_at < $3::timestamptz
  ), recent AS (
    SELECT bad.check_id, sum(greatest(0, extract(epoch FROM
      least($3::timestamptz, $6::timestamptz, bad.at + least(later.at - bad.at, greatest(make_interval(secs => c.interval_seconds), bad.at - earlier.at)))
      - greatest(bad.at, $4::timestamptz))))::float8 AS seconds
    FROM bad JOIN health_checks c ON c.id = bad.check_id
    LEFT JOIN LATERAL (SELECT r.scheduled_at AS at FROM health_check_results r WHERE r.check_id = bad.check_id
      AND r.scheduled_at > bad.at AND r.scheduled_at <= bad.at + interval '2 days' ORDER BY r.scheduled_at LIMIT 1) later ON true
    LEFT JOIN LATERAL (SELECT r.scheduled_at AS at FROM health_check_results r WHERE r.check_id = bad.check_id
      AND r.scheduled_at < bad.at AND r.scheduled_at >= bad.at - interval '2 days' ORDER BY r.scheduled_at DESC LIMIT 1) earlier ON true
    GROUP BY 1
  ), days AS (
    SELECT check_id, coalesce(sum(down_seconds) FILTER (WHERE day < ($5::timestamptz AT TIME ZONE 'UTC')::date), 0) AS seconds,
      100.0::float8 * sum(ok + warning) / nullif(sum(ok + warning + failed + crashed), 0) AS uptime
    FROM health_check_days
    WHERE day::timestamp AT TIME ZONE 'UTC' >= $2::timestamptz AND day::timestamp AT TIME ZONE 'UTC' < $3::timestamptz
      AND ($1::uuid[] IS NULL OR check_id = ANY($1))
    GROUP BY 1
  )
  SELECT c.id AS "checkId", c.label, coalesce(recent.seconds, 0) + coalesce(days.seconds, 0) AS seconds, days.uptime
  FROM health_checks c LEFT JOIN recent ON recent.check_id = c.id LEFT JOIN days ON days.check_id = c.id
  WHERE CASE WHEN $1::uuid[] IS NULL THEN coalesce(recent.seconds, 0) + coalesce(days.seconds, 0) > 0 ELSE c.id = ANY($1) END
  ORDER BY seconds DESC, c.label`;
