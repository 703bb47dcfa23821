import type { Pool } from "pg";
import type { RetentionDays } from "@/lib/db/partitions";

const DAY_MS = 86_400_000;

/**
 * Deletes what outlives the events and is not wanted so long: the hours of trends, kept as long as hourly roll-ups, and who met
 * errors that have no event any more. Errors themselves and their counts stay.
 */
export async function pruneErrors(
  sql: Pool,
  now: Date,
  { raw, hour }: Pick<RetentionDays, "raw" | "hour">,
): Promise<{ hours: number; users: number }> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const hours = await sql.query("DELETE FROM error_group_hours WHERE hour < $1", [before(hour)]);
  // A day more: a partition goes once its last hour is past retention.
  const users = await sql.query(
    "DELETE FROM error_group_users u USING error_groups g WHERE g.id = u.group_id AND g.last_seen_at < $1",
    [before(raw + 1)],
  );
  return { hours: hours.rowCount ?? 0, users: users.rowCount ?? 0 };
}
