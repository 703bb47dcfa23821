import { z } from "zod";
import { CHECK_KEY } from "@/lib/config";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { notFound } from "@/lib/core/parse-id";
import { writeAudit } from "@/lib/access/audit";
import { fieldsOf } from "@/lib/checks/config-fields";
import { maskSecrets, unmaskSecrets } from "@/lib/checks/mask-config";
import { toStoredJson } from "@/lib/checks/stored-json";
import type { AlertChannel, Prisma, PrismaClient } from "@/lib/db/generated/client";
import { configIssues, invalidWith } from "../config-issues";
import { freeKey, keyTaken } from "@/lib/core/free-key";
import { notifyAlerts } from "../notify-alerts";
import { findChannelType, getChannelType } from "./registry";

/** A channel as it is shown: secrets are masked. */
export interface Channel {
  id: string;
  key: string;
  label: string;
  /** `file`: from monitoring.config.ts, read-only but for switching it off and on. */
  origin: "file" | "database";
  type: string;
  config: Record<string, unknown>;
  disabledAt: Date | null;
  disabledReason: string | null;
  createdAt: Date;
}

export const channelInput = z.strictObject({
  label: z.string("is required").trim().min(1, "is required").max(120, "must have at most 120 characters"),
  key: z.string().regex(CHECK_KEY, "must have 1 to 64 small letters, digits and hyphens").optional(),
  type: z
    .string("is required")
    .min(1, "is required")
    .meta({ description: "GET /api/v1/channel-types lists the kinds." }),
  config: z
    .record(z.string(), z.unknown())
    .default({})
    .meta({ description: "The fields of its kind; what is left out is read from the environment." }),
});

function isSecret(typeId: string): (field: string) => boolean {
  const type = findChannelType(typeId);
  // Of an unknown type everything is hidden: nobody knows what is secret there.
  if (!type) return () => true;
  const names = new Set(
    fieldsOf(type.config)
      .filter(({ secret }) => secret)
      .map(({ name }) => name),
  );
  return (field) => names.has(field);
}

export function toChannel(row: AlertChannel): Channel {
  const { updatedAt: _updatedAt, ...rest } = row;
  return { ...rest, config: maskSecrets(isSecret(row.type), row.config) };
}

const audited = (row: AlertChannel) => {
  const { key, label, type, config } = toChannel(row);
  return { key, label, type, config };
};

const uuid = z.uuid();

/** The reason of a channel that somebody switched off: nothing but a person switches it on. */
export const SWITCHED_OFF = "switched off by a person";

/** @param idOrKey @throws Problem not-found */
export async function getChannelRow(
  db: PrismaClient | Prisma.TransactionClient,
  idOrKey: string,
): Promise<AlertChannel> {
  const where = uuid.safeParse(idOrKey).success ? { id: idOrKey } : { key: idOrKey };
  const row = await db.alertChannel.findUnique({ where });
  if (!row) throw notFound("channel");
  return row;
}

function assertEditable(row: AlertChannel): void {
  if (row.origin === "database") return;
  throw new Problem(
    "conflict",
    `"${row.label}" stands in monitoring.config.ts: change it there and restart. It can be switched off here.`,
  );
}

function parseChannel(input: unknown): z.output<typeof channelInput> {
  const parsed = channelInput.safeParse(input);
  const typed = channelInput.pick({ type: true, config: true }).strip().safeParse(input).data;
  const own = (parsed.error?.issues ?? []).map(({ path, message }) => ({ path: path.map(String).join("."), message }));
  const issues = [...own, ...(typed ? configIssues(getChannelType(typed.type).config, typed.config) : [])];
  if (!parsed.success || issues.length > 0) throw invalidWith("The channel", issues);
  return parsed.data;
}

/** @throws Problem forbidden, invalid, conflict when the key is taken */
export async function createChannel(context: Context, input: unknown): Promise<Channel> {
  authorize(context.actor, "admin");
  const { key, config, ...rest } = parseChannel(input);
  assertReady(rest.type, config, context);
  return context.db.$transaction(async (tx) => {
    const keys = new Set((await tx.alertChannel.findMany({ select: { key: true } })).map((row) => row.key));
    if (key && keys.has(key)) throw keyTaken(key);
    const row = await tx.alertChannel.create({
      data: { ...rest, key: key ?? freeKey(rest.label, "channel", keys), config: toStoredJson(config) },
    });
    await writeAudit(tx, context, {
      action: "channel.create",
      subjectType: "channel",
      subjectId: row.id,
      after: audited(row),
    });
    await notifyAlerts(tx);
    return toChannel(row);
  });
}

/** What is left out stays; `config` is replaced as a whole, masked secrets stay. @throws Problem forbidden, invalid, not-found, conflict */
export async function updateChannel(
  context: Context,
  { id, ...changes }: { id: string; [field: string]: unknown },
): Promise<Channel> {
  authorize(context.actor, "admin");
  return context.db.$transaction(async (tx) => {
    const before = await getChannelRow(tx, id);
    assertEditable(before);
    const { label, key, type, config } = toChannel(before);
    const incoming = z.record(z.string(), z.unknown()).safeParse(changes["config"] ?? config);
    if (!incoming.success) throw invalidWith("The channel", [{ path: "config", message: "must be an object" }]);
    const filled = unmaskSecrets(isSecret(type), incoming.data, before.config);
    if (filled.issues.length > 0) throw invalidWith("The channel", filled.issues);
    const parsed = parseChannel({ label, key, ...changes, type, config: filled.config });
    assertReady(type, parsed.config, context);
    if (
      parsed.key !== before.key &&
      (await tx.alertChannel.findUnique({ where: { key: parsed.key ?? "" }, select: { id: true } }))
    )
      throw keyTaken(parsed.key ?? "");
    const row = await tx.alertChannel.update({
      where: { id: before.id },
      data: { label: parsed.label, key: parsed.key, config: toStoredJson(parsed.config) },
    });
    await writeAudit(tx, context, {
      action: "channel.update",
      subjectType: "channel",
      subjectId: row.id,
      before: audited(before),
      after: audited(row),
    });
    await notifyAlerts(tx);
    return toChannel(row);
  });
}

/** Deletes a channel with what was sent through it. @throws Problem forbidden, not-found, conflict */
export async function deleteChannel(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "admin");
  await context.db.$transaction(async (tx) => {
    const row = await getChannelRow(tx, id);
    assertEditable(row);
    await tx.alertChannel.delete({ where: { id: row.id } });
    await writeAudit(tx, context, {
      action: "channel.delete",
      subjectType: "channel",
      subjectId: row.id,
      before: audited(row),
    });
    await notifyAlerts(tx);
  });
}

/** Switches a channel off: nobody is told through it. @throws Problem forbidden, not-found */
export async function disableChannel(context: Context, { id }: { id: string }): Promise<Channel> {
  return setOff(context, id, SWITCHED_OFF);
}

/** Switches it on again, after a failure too. @throws Problem forbidden, not-found, invalid when a setting is missing */
export async function enableChannel(context: Context, { id }: { id: string }): Promise<Channel> {
  return setOff(context, id, null);
}

async function setOff(context: Context, id: string, reason: string | null): Promise<Channel> {
  authorize(context.actor, "admin");
  return context.db.$transaction(async (tx) => {
    const before = await getChannelRow(tx, id);
    if (reason === null) assertReady(before.type, before.config, context);
    const row = await tx.alertChannel.update({
      where: { id: before.id },
      data: { disabledAt: reason === null ? null : (before.disabledAt ?? context.now()), disabledReason: reason },
    });
    await writeAudit(tx, context, {
      action: reason ? "channel.disable" : "channel.enable",
      subjectType: "channel",
      subjectId: row.id,
    });
    await notifyAlerts(tx);
    return toChannel(row);
  });
}

function assertReady(type: string, config: unknown, { env }: Context): void {
  const problem = getChannelType(type).findProblem(config, env);
  if (problem !== undefined) throw new Problem("invalid", problem);
}

/** The channels by label. @throws Problem forbidden */
export async function listChannels(context: Context): Promise<Channel[]> {
  authorize(context.actor, "read");
  const rows = await context.db.alertChannel.findMany({ orderBy: [{ label: "asc" }, { id: "asc" }], take: 500 });
  return rows.map(toChannel);
}

/** @param id its id or key @throws Problem forbidden, not-found */
export async function getChannel(context: Context, { id }: { id: string }): Promise<Channel> {
  authorize(context.actor, "read");
  return toChannel(await getChannelRow(context.db, id));
}
