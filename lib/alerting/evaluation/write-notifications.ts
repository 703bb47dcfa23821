import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import type { NotificationKind } from "../message";
import type { Severity } from "../severity";

/** Somebody is to be told of an alert. */
export interface Tell {
  alertId: string;
  kind: NotificationKind;
  severity: Severity;
  /** Keys of channels; empty: all. */
  channels: readonly string[];
}

export interface Gathering {
  /** A message waits so long for other alerts to go with it. */
  groupWaitMs: number;
  /** And after one was formed the next to the same channel waits so long. */
  groupIntervalMs: number;
}

const CHANNELS = `
  SELECT c.id, c.key, c.disabled_at IS NOT NULL AS "isOff", c.disabled_reason AS "offReason",
    (SELECT max(m.created_at) FROM notification_messages m WHERE m.channel_id = c.id AND m.action = 'post' AND m.created_at > $1) AS "latestAt"
  FROM alert_channels c`;

interface ChannelRow {
  id: string;
  key: string;
  isOff: boolean;
  offReason: string | null;
  latestAt: Date | null;
}

/**
 * Writes what is to be sent, one row an alert and channel, in the transaction of the alert's change: both are there or neither.
 * A recovery goes only where the firing went. A channel that is off gets a row that says so.
 * @returns how many rows wait to be sent, by alert
 */
export async function writeNotifications(
  client: PoolClient,
  tells: readonly Tell[],
  { groupWaitMs, groupIntervalMs }: Gathering,
  now: Date,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  if (tells.length === 0) return counts;
  const { rows: channels } = await client.query<ChannelRow>(CHANNELS, [new Date(now.getTime() - groupIntervalMs)]);
  const told = await readTold(
    client,
    tells.filter(({ kind }) => kind === "resolved").map(({ alertId }) => alertId),
  );
  const rows = tells.flatMap(({ alertId, kind, severity, channels: keys }) =>
    channels
      .filter(({ id, key }) =>
        kind === "resolved" ? told.has(`${alertId} ${id}`) : keys.length === 0 || keys.includes(key),
      )
      .map(({ id, isOff, offReason, latestAt }) => {
        const soonest = now.getTime() + groupWaitMs;
        // A rise in severity does not wait for company.
        const next = latestAt && kind !== "escalated" ? latestAt.getTime() + groupIntervalMs : 0;
        if (!isOff) counts.set(alertId, (counts.get(alertId) ?? 0) + 1);
        return {
          id: randomUUID(),
          alert_id: alertId,
          channel_id: id,
          kind,
          severity,
          status: isOff ? "suppressed" : "queued",
          reason: isOff ? `the channel is off${offReason ? `: ${offReason}` : ""}` : null,
          created_at: now,
          send_after: new Date(Math.max(soonest, next)),
        };
      }),
  );
  await client.query(
    `INSERT INTO notifications (id, alert_id, channel_id, kind, severity, status, reason, created_at, send_after)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, alert_id uuid, channel_id uuid, kind notification_kind, severity alert_severity,
       status notification_status, reason text, created_at timestamptz, send_after timestamptz)`,
    [JSON.stringify(rows)],
  );
  return counts;
}

/** Which channels were told, or will be, that an alert fired: `alert channel`. */
async function readTold(client: PoolClient, alertIds: readonly string[]): Promise<Set<string>> {
  if (alertIds.length === 0) return new Set();
  const { rows } = await client.query<{ pair: string }>(
    `SELECT DISTINCT alert_id || ' ' || channel_id AS pair FROM notifications
     WHERE alert_id = ANY($1) AND kind <> 'resolved' AND status IN ('queued', 'sent')`,
    [alertIds],
  );
  return new Set(rows.map(({ pair }) => pair));
}
