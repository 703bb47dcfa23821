import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { groupBy } from "@/lib/core/group-by";
import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { findChannelType } from "../channels/registry";
import type { NotificationKind } from "../message";
import { inTransaction } from "@/lib/db/in-transaction";
import { readContent } from "./content";
import { testContent } from "./test-content";

interface ChannelRow {
  id: string;
  type: string;
  label: string;
  config: unknown;
  isOff: boolean;
  offReason: string | null;
}

interface Waiting {
  id: string;
  alertId: string | null;
  kind: NotificationKind;
  reason: string | null;
  /** The first message about the alert through this channel. */
  firstId: string | null;
}

const DUE = `
  SELECT DISTINCT channel_id AS id FROM notifications n WHERE status = 'queued' AND send_after <= $1
    AND NOT EXISTS (SELECT FROM notification_items i WHERE i.notification_id = n.id)`;

// NO KEY: rows that refer to the channel may be written meanwhile. One process at a time forms a channel's messages.
const LOCK = `
  SELECT id, type, label, config, disabled_at IS NOT NULL AS "isOff", disabled_reason AS "offReason"
  FROM alert_channels WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED`;

/** What one message tells of: each channel names so many. More of a large outage are further messages. */
export const MOST_ALERTS = 200;

const WAITING = `
  SELECT n.id, n.alert_id AS "alertId", n.kind, n.reason,
    (SELECT m.id FROM notifications o JOIN notification_items i ON i.notification_id = o.id JOIN notification_messages m ON m.id = i.message_id
     WHERE o.alert_id = n.alert_id AND o.channel_id = n.channel_id AND m.action = 'post' AND m.status <> 'failed' ORDER BY m.created_at LIMIT 1) AS "firstId"
  FROM notifications n WHERE n.channel_id = $1 AND n.status = 'queued'
    AND NOT EXISTS (SELECT FROM notification_items i WHERE i.notification_id = n.id)
  ORDER BY n.created_at, n.id LIMIT ${MOST_ALERTS}`;

/**
 * Makes messages of what is to be sent: all that waits for a channel goes together once one of it is due, one message a target.
 * What a message says is fixed here, with its id, before it is sent: a second attempt says the same.
 * @returns how many were made
 */
export async function formMessages(context: Context): Promise<number> {
  const { rows } = await context.sql.query<{ id: string }>({
    name: "due-channels",
    text: DUE,
    values: [context.now()],
  });
  let made = 0;
  for (const { id } of rows) made += await inTransaction(context.sql, (client) => formChannel(context, client, id));
  return made;
}

async function formChannel(context: Context, client: PoolClient, channelId: string): Promise<number> {
  const channel = (await client.query<ChannelRow>(LOCK, [channelId])).rows[0];
  if (!channel) return 0;
  // A statement of its own: it sees what another process committed before the lock was free.
  const { rows: waiting } = await client.query<Waiting>(WAITING, [channelId]);
  const type = findChannelType(channel.type);
  const tests = waiting.filter(({ kind }) => kind === "test");
  const others = waiting.filter(({ kind }) => kind !== "test");
  const problem = type
    ? type.findProblem(channel.config, context.env)
    : `There is no kind of channel "${channel.type}".`;
  const refused = problem ?? (channel.isOff ? `the channel is off: ${channel.offReason ?? "switched off"}` : undefined);
  if (refused !== undefined) await refuse(client, others, refused);
  if (problem !== undefined) await refuse(client, tests, problem);
  const open = [...(refused === undefined ? others : []), ...(problem === undefined ? tests : [])];
  if (!type || open.length === 0) return 0;
  let targets: readonly string[];
  try {
    targets = type.listTargets(channel.config, context.env);
  } catch (error) {
    await refuse(client, open, messageOf(error));
    return 0;
  }
  // Where messages have threads, later notices go to the thread of their alert's first message.
  const groups = groupBy(open, ({ kind, firstId, alertId }) =>
    kind === "test" ? "test" : type.update && firstId !== null ? firstId : alertId === null ? "gone" : "new",
  );
  let made = 0;
  for (const group of groups.values()) made += await formGroup(context, client, channel, targets, group);
  return made;
}

async function formGroup(
  context: Context,
  client: PoolClient,
  channel: ChannelRow,
  targets: readonly string[],
  group: readonly Waiting[],
): Promise<number> {
  const [first] = group;
  // Of an alert that has several only the latest is said; a note on another channel stays.
  const notes = new Map(
    group.filter(({ kind }) => kind === "undelivered").map(({ alertId, reason }) => [alertId, reason]),
  );
  const latest = new Map(group.map((one) => [one.alertId, one]));
  const parts = [...latest].flatMap(([alertId, { kind }]) =>
    alertId === null ? [] : [{ alertId, kind, note: notes.get(alertId) ?? null }],
  );
  const content =
    first?.kind === "test" ? testContent(context, channel.label) : await readContent(context, client, parts);
  if (!content || targets.length === 0) {
    await refuse(client, group, content ? "the channel has nobody to tell" : "the alert is gone");
    return 0;
  }
  const now = context.now();
  for (const target of targets) {
    const id = randomUUID();
    await client.query(
      `INSERT INTO notification_messages (id, channel_id, target, content, next_attempt_at, created_at) VALUES ($1, $2, $3, $4, $5, $5)`,
      [id, channel.id, target, JSON.stringify(content), now],
    );
    await client.query(`INSERT INTO notification_items (message_id, notification_id) SELECT $1, unnest($2::uuid[])`, [
      id,
      group.map((one) => one.id),
    ]);
  }
  return targets.length;
}

async function refuse(client: PoolClient, group: readonly Waiting[], reason: string): Promise<void> {
  if (group.length === 0) return;
  await client.query("UPDATE notifications SET status = 'failed', reason = $2 WHERE id = ANY($1)", [
    group.map(({ id }) => id),
    reason,
  ]);
}
