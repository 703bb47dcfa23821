import type { Pool } from "pg";

/**
 * Deletes alerts that were over for so many days with all that was said about them, what was remembered of fingerprints that
 * long, and silences that are over. Alerts are few; they are no partitions.
 */
export async function pruneAlerts(sql: Pool, now: Date, retentionDays: number): Promise<number> {
  const before = new Date(now.getTime() - retentionDays * 86_400_000);
  const { rowCount } = await sql.query("DELETE FROM alerts WHERE resolved_at < $1", [before]);
  await sql.query("DELETE FROM notifications WHERE alert_id IS NULL AND created_at < $1", [before]);
  await sql.query(
    "DELETE FROM notification_messages m WHERE created_at < $1 AND NOT EXISTS (SELECT FROM notification_items i WHERE i.message_id = m.id)",
    [before],
  );
  await sql.query("DELETE FROM alert_fingerprints WHERE updated_at < $1", [before]);
  await sql.query("DELETE FROM silences WHERE ends_at < $1", [before]);
  return rowCount ?? 0;
}
