import { performance } from "node:perf_hooks";
import { z } from "zod";
import type { Context } from "@/lib/core/context";
import { messageOf } from "@/lib/core/errors";
import { DeliveryFailure, type ChannelContext, type Outgoing, type Reference } from "../channels/define-channel";
import { findChannelType } from "../channels/registry";
import { type MessageContent, messageContent } from "../message";
import type { ClaimedMessage } from "./claim-messages";
import { readContent } from "./content";
import { settleFailed, settleSent } from "./settle";

const SEND_MS = 15_000;
const FIND_MS = 10_000;

const updateContent = z.object({ original: z.uuid() });
const reference = z.record(z.string(), z.string());

/** Sends one claimed message, and stores what came of it. @throws when the database is away */
export async function deliver(context: Context, message: ClaimedMessage): Promise<void> {
  const at = context.now();
  const start = performance.now();
  const outcome = await send(context, message).catch((error: unknown) => {
    if (isDatabase(error)) throw error;
    return error instanceof DeliveryFailure
      ? error
      : new DeliveryFailure(messageOf(error), { kind: "retry", isUncertain: true });
  });
  const attempt = { at, durationMs: performance.now() - start };
  if (outcome instanceof DeliveryFailure) await settleFailed(context, message, attempt, outcome);
  else await settleSent(context, message, attempt, outcome.reference, outcome.found ? "found" : "sent");
}

async function send(context: Context, message: ClaimedMessage): Promise<{ reference: Reference; found: boolean }> {
  const type = findChannelType(message.channelType);
  if (!type) throw new DeliveryFailure(`There is no kind of channel "${message.channelType}".`, { kind: "channel" });
  const tools = (ms: number): ChannelContext => ({
    env: context.env,
    now: context.now,
    log: context.log,
    signal: AbortSignal.timeout(ms),
  });
  if (message.action === "update")
    return { reference: await update(context, message, type, tools(SEND_MS)), found: false };
  const parsed = messageContent.safeParse(message.content);
  if (!parsed.success) throw new DeliveryFailure("What the message says can't be read.", { kind: "message" });
  const outgoing = { ...outgoingOf(message, parsed.data), first: await readFirst(context, message, parsed.data) };
  if (message.wasUncertain && type.find) {
    const asked = { ...outgoing, latest: await readLatest(context, message) };
    const found = await type.find(message.channelConfig, asked, tools(FIND_MS));
    if (found) return { reference: found, found: true };
  }
  return { reference: await type.send(message.channelConfig, outgoing, tools(SEND_MS)), found: false };
}

const outgoingOf = ({ id, target, createdAt }: ClaimedMessage, content: MessageContent): Outgoing => ({
  id,
  target,
  createdAt,
  content,
  first: undefined,
});

type Type = NonNullable<ReturnType<typeof findChannelType>>;

/** Writes the first message anew with how its alerts are now. */
async function update(
  context: Context,
  message: ClaimedMessage,
  type: Type,
  tools: ChannelContext,
): Promise<Reference> {
  const original = updateContent.safeParse(message.content).data?.original;
  const { rows } = await stored(
    context.sql.query<{ reference: unknown; content: unknown }>(
      "SELECT reference, content FROM notification_messages WHERE id = $1",
      [original],
    ),
  );
  const where = reference.safeParse(rows[0]?.reference).data;
  const before = messageContent.safeParse(rows[0]?.content).data;
  // The first one never arrived: there is nothing to change.
  if (!where || !before || !type.update) return {};
  const parts = before.alerts.map(({ id, kind, note }) => ({ alertId: id, kind, note }));
  const content = await stored(readContent(context, context.sql, parts));
  if (content) await type.update(message.channelConfig, where, outgoingOf(message, content), tools);
  return where;
}

const FIRST = `
  SELECT m.reference FROM notification_messages m JOIN notification_items i ON i.message_id = m.id JOIN notifications n ON n.id = i.notification_id
  WHERE n.alert_id = ANY($1) AND m.channel_id = $2 AND m.target = $3 AND m.action = 'post' AND m.status = 'sent' AND m.id <> $4
  ORDER BY m.created_at LIMIT 1`;

/** What the service calls the first message about these alerts. */
async function readFirst(
  { sql }: Context,
  { id, channelId, target }: ClaimedMessage,
  { alerts }: MessageContent,
): Promise<Reference | undefined> {
  const { rows } = await stored(
    sql.query<{ reference: unknown }>(FIRST, [
      alerts.filter(({ kind }) => kind !== "test").map((alert) => alert.id),
      channelId,
      target,
      id,
    ]),
  );
  return reference.safeParse(rows[0]?.reference).data;
}

const LATEST = `
  SELECT reference FROM notification_messages WHERE channel_id = $1 AND target = $2 AND action = 'post' AND status = 'sent'
  ORDER BY created_at DESC LIMIT 1`;

/** What the service calls the latest message to the same target. */
async function readLatest({ sql }: Context, { channelId, target }: ClaimedMessage): Promise<Reference | undefined> {
  const { rows } = await stored(sql.query<{ reference: unknown }>(LATEST, [channelId, target]));
  return reference.safeParse(rows[0]?.reference).data;
}

/** What failed of our own database is no failure of the channel. */
const DATABASE = Symbol("database");
const stored = <T>(reading: Promise<T>): Promise<T> =>
  reading.catch((error: unknown) => {
    throw error instanceof Error ? Object.assign(error, { [DATABASE]: true }) : error;
  });
const isDatabase = (error: unknown): boolean => error instanceof Error && DATABASE in error;
