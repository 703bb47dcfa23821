import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";

/** What became of the newest message of a channel. */
export interface LastMessage {
  /** When it was made. */
  at: Date;
  status: "queued" | "sent" | "failed";
  attempts: number;
  /** Of the last attempt; null of one that arrived or was not tried yet. */
  error: string | null;
}

// Of one that has several targets, the one that is worst off.
const READ = `
  SELECT c.id, m.at, m.status, m.attempts, m.error FROM alert_channels c CROSS JOIN LATERAL (
    SELECT created_at AS at, status, attempts, last_error AS error FROM notification_messages
    WHERE channel_id = c.id AND action = 'post' AND status <> 'suppressed'
    ORDER BY created_at DESC, status = 'sent', status = 'queued', id LIMIT 1) m`;

/** The newest message of each channel that ever had one, by the channel's id. @throws Problem forbidden */
export async function listLastMessages(context: Context): Promise<ReadonlyMap<string, LastMessage>> {
  authorize(context.actor, "read");
  const { rows } = await context.sql.query<LastMessage & { id: string }>(READ);
  return new Map(rows.map(({ id, ...message }) => [id, message]));
}
