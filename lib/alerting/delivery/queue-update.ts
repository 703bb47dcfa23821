import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { CHANNEL_TYPES } from "../channels/registry";

const UPDATABLE = [...CHANNEL_TYPES].filter(([, { update }]) => update !== undefined).map(([id]) => id);

/** The first message about an alert in each place where messages can be changed, unless a change of it waits already. */
const FIRST = `
  SELECT DISTINCT ON (n.alert_id, m.channel_id, m.target) m.id, m.channel_id AS "channelId", m.target
  FROM notifications n JOIN notification_items i ON i.notification_id = n.id JOIN notification_messages m ON m.id = i.message_id
  JOIN alert_channels c ON c.id = m.channel_id
  WHERE n.alert_id = ANY($1) AND m.action = 'post' AND m.status <> 'failed' AND c.type = ANY($2) AND c.disabled_at IS NULL
  ORDER BY n.alert_id, m.channel_id, m.target, m.created_at`;

const IS_WAITING = `
  SELECT content ->> 'original' AS original FROM notification_messages
  WHERE action = 'update' AND status = 'queued' AND attempts = 0 AND content ->> 'original' = ANY($1)`;

/** Has the first messages about these alerts written anew, where a channel can: what they say is read when they are sent. */
export async function queueUpdates(client: PoolClient, alertIds: readonly string[], now: Date): Promise<void> {
  if (alertIds.length === 0) return;
  const { rows } = await client.query<{ id: string; channelId: string; target: string }>(FIRST, [alertIds, UPDATABLE]);
  const originals = new Map(rows.map((row) => [row.id, row]));
  if (originals.size === 0) return;
  const waiting = await client.query<{ original: string }>(IS_WAITING, [[...originals.keys()]]);
  for (const { original } of waiting.rows) originals.delete(original);
  for (const { id, channelId, target } of originals.values()) {
    await client.query(
      `INSERT INTO notification_messages (id, channel_id, target, action, content, next_attempt_at, created_at)
       VALUES ($1, $2, $3, 'update', $4, $5, $5)`,
      [randomUUID(), channelId, target, JSON.stringify({ original: id }), now],
    );
  }
}
