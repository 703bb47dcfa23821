import type { PoolClient } from "pg";
import type { Context } from "@/lib/core/context";
import { SWITCHED_OFF } from "../channels/channel-verbs";
import type { DeliveryFailure, Reference } from "../channels/define-channel";
import { getChannelType } from "../channels/registry";
import { writeAlertEvents } from "../evaluation/alert-rows";
import { inTransaction } from "@/lib/db/in-transaction";
import { GIVE_UP_MS, backoffMs } from "./backoff";
import type { ClaimedMessage } from "./claim-messages";

interface Attempt {
  at: Date;
  durationMs: number;
}

/** What an alert's message is, by its notifications; locked in one order, so that two targets settled at once wait for each other. */
async function lockNotifications(client: PoolClient, messageIds: readonly string[]) {
  const { rows } = await client.query<{ id: string; alertId: string | null; kind: string; severity: string }>(
    `SELECT n.id, n.alert_id AS "alertId", n.kind, n.severity FROM notifications n
     WHERE n.id IN (SELECT notification_id FROM notification_items WHERE message_id = ANY($1)) ORDER BY n.id FOR UPDATE`,
    [messageIds],
  );
  return rows;
}

async function recordAttempt(
  client: PoolClient,
  message: ClaimedMessage,
  { at, durationMs }: Attempt,
  outcome: string,
  detail: string,
) {
  await client.query(
    "INSERT INTO delivery_attempts (message_id, at, duration_ms, outcome, detail) VALUES ($1, $2, $3, $4, $5)",
    [message.id, at, durationMs, outcome, detail.slice(0, 1_000)],
  );
}

/** It arrived. Stored also when the lease is over meanwhile: what is sent is sent. */
export async function settleSent(
  context: Context,
  message: ClaimedMessage,
  attempt: Attempt,
  reference: Reference,
  outcome: "sent" | "found",
): Promise<void> {
  const now = context.now();
  await inTransaction(context.sql, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE notification_messages SET status = 'sent', reference = $2, settled_at = $3, is_uncertain = false, lease_owner = NULL, lease_until = NULL, last_error = NULL
       WHERE id = $1 AND status = 'queued'`,
      [message.id, JSON.stringify(reference), now],
    );
    if (rowCount === 0) return;
    const how = outcome === "found" ? "It had arrived with an earlier attempt, whose answer was lost." : "Accepted.";
    await recordAttempt(client, message, attempt, outcome, how);
    const rows = await lockNotifications(client, [message.id]);
    await client.query(
      `UPDATE notifications n SET status = 'sent' WHERE id = ANY($1) AND status = 'queued' AND NOT EXISTS (
         SELECT FROM notification_items i JOIN notification_messages m ON m.id = i.message_id WHERE i.notification_id = n.id AND m.status <> 'sent')`,
      [rows.map(({ id }) => id)],
    );
    const tries = message.attempts > 1 ? ` (attempt ${message.attempts})` : "";
    const { channelType, channelLabel, target } = message;
    const whom = getChannelType(channelType).nameTold(channelLabel, target);
    await writeAlertEvents(
      client,
      rows.flatMap(({ alertId, kind }) =>
        alertId === null
          ? []
          : [
              {
                alertId,
                at: now,
                kind: "notified",
                message: `${whom} was told${kind === "firing" ? "" : ` (${kind})`}${tries}.`,
              },
            ],
      ),
    );
    if (rows.some(({ kind }) => kind === "test"))
      await client.query(
        "UPDATE alert_channels SET disabled_at = NULL, disabled_reason = NULL WHERE id = $1 AND disabled_reason IS DISTINCT FROM $2",
        [message.channelId, SWITCHED_OFF],
      );
    await client.query(`SELECT pg_notify('watchkeeper', '{"topic":"alerts"}')`);
  });
}

/** It failed: tried again later, given up, or with its whole channel. Only the holder of the lease says so. */
export async function settleFailed(
  context: Context,
  message: ClaimedMessage,
  attempt: Attempt,
  failure: DeliveryFailure,
  random = Math.random(),
): Promise<void> {
  const now = context.now();
  const { kind, retryAfterMs, isUncertain = false } = failure.about;
  const isTooOld = now.getTime() - message.queuedAt.getTime() > GIVE_UP_MS;
  await inTransaction(context.sql, async (client) => {
    const isFinal = kind !== "retry" || isTooOld;
    const next = new Date(now.getTime() + backoffMs(message.attempts, retryAfterMs, random));
    const { rowCount } = await client.query(
      `UPDATE notification_messages SET status = $3::notification_status, next_attempt_at = $4, is_uncertain = $5, last_error = $6, settled_at = coalesce($7, settled_at),
         lease_owner = NULL, lease_until = NULL
       WHERE id = $1 AND status = 'queued' AND lease_owner = $2`,
      [
        message.id,
        message.owner,
        isFinal ? "failed" : "queued",
        next,
        isUncertain || (message.wasUncertain && !isFinal),
        failure.message,
        isFinal ? now : null,
      ],
    );
    if (rowCount === 0) return;
    await recordAttempt(client, message, attempt, isFinal ? "permanent" : "retry", failure.message);
    if (isFinal) await giveUp(client, message, failure.message, kind === "channel", now);
    await client.query(`SELECT pg_notify('watchkeeper', '{"topic":"alerts"}')`);
  });
}

async function giveUp(
  client: PoolClient,
  message: ClaimedMessage,
  reason: string,
  withChannel: boolean,
  now: Date,
): Promise<void> {
  const ids = [message.id];
  if (withChannel) {
    await client.query(
      "UPDATE alert_channels SET disabled_at = $2, disabled_reason = $3 WHERE id = $1 AND disabled_at IS NULL",
      [message.channelId, now, reason],
    );
    const { rows } = await client.query<{ id: string }>(
      `UPDATE notification_messages SET status = 'failed', last_error = $2, settled_at = $3 WHERE channel_id = $1 AND status = 'queued'
         AND (lease_until IS NULL OR lease_until < $3) RETURNING id`,
      [message.channelId, reason, now],
    );
    ids.push(...rows.map(({ id }) => id));
  }
  const failed = await lockNotifications(client, ids);
  const alone = withChannel
    ? await client.query<{ id: string; alertId: string | null; kind: string; severity: string }>(
        `SELECT n.id, n.alert_id AS "alertId", n.kind, n.severity FROM notifications n WHERE n.channel_id = $1 AND n.status = 'queued'
           AND NOT EXISTS (SELECT FROM notification_items i WHERE i.notification_id = n.id) FOR UPDATE`,
        [message.channelId],
      )
    : { rows: [] };
  const rows = [...failed, ...alone.rows];
  await client.query(
    "UPDATE notifications SET status = 'failed', reason = $2 WHERE id = ANY($1) AND status = 'queued'",
    [rows.map(({ id }) => id), reason],
  );
  const alerts = new Set(rows.flatMap(({ alertId, kind }) => (alertId === null || kind === "test" ? [] : [alertId])));
  const note = `${message.channelLabel} could not be told: ${reason}`;
  await writeAlertEvents(
    client,
    [...alerts].map((alertId) => ({ alertId, at: now, kind: "undelivered", message: note })),
  );
  const critical = rows.flatMap(({ alertId, kind, severity }) =>
    alertId !== null && severity === "critical" && kind !== "resolved" && kind !== "undelivered" ? [alertId] : [],
  );
  if (critical.length > 0) await tellOthers(client, [...new Set(critical)], message.channelId, note, now);
}

/** The other channels say that this one could not be told of a critical alert: once an alert and failed channel. */
async function tellOthers(
  client: PoolClient,
  alertIds: readonly string[],
  channelId: string,
  note: string,
  now: Date,
): Promise<void> {
  await client.query(
    `INSERT INTO notifications (alert_id, channel_id, kind, severity, status, reason, created_at, send_after)
     SELECT a.id, c.id, 'undelivered', a.severity, 'queued', $3, $4, $4 FROM alerts a CROSS JOIN alert_channels c
     WHERE a.id = ANY($1) AND a.state = 'firing' AND c.id <> $2 AND c.disabled_at IS NULL AND NOT EXISTS (
       SELECT FROM notifications n WHERE n.alert_id = a.id AND n.channel_id = c.id AND n.kind = 'undelivered' AND n.reason = $3)`,
    [alertIds, channelId, note, now],
  );
}
