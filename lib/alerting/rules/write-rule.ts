import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { writeAudit } from "@/lib/access/audit";
import { toStoredJson } from "@/lib/checks/stored-json";
import type { Prisma } from "@/lib/db/generated/client";
import { invalidWith } from "../config-issues";
import { freeKey, keyTaken } from "@/lib/core/free-key";
import { notifyAlerts } from "../notify-alerts";
import { type Rule, assertRuleEditable, auditedRule, getRuleRow, toRule } from "./rule";
import { parseRule } from "./rule-input";

/** Makes a rule; it is looked at from the next minute on. @throws Problem forbidden, invalid, conflict when the key is taken */
export async function createRule(context: Context, input: unknown): Promise<Rule> {
  authorize(context.actor, "alerts:write");
  const { key, config, ...rest } = parseRule(input);
  return context.db.$transaction(async (tx) => {
    await assertChannels(tx, rest.channels);
    const keys = new Set((await tx.alertRule.findMany({ select: { key: true } })).map((row) => row.key));
    if (key && keys.has(key)) throw keyTaken(key);
    const row = await tx.alertRule.create({
      data: { ...rest, key: key ?? freeKey(rest.label, "rule", keys), config: toStoredJson(config) },
    });
    await writeAudit(tx, context, {
      action: "rule.create",
      subjectType: "rule",
      subjectId: row.id,
      after: auditedRule(row),
    });
    await notifyAlerts(tx);
    return toRule(row);
  });
}

/**
 * Changes a rule; what is left out stays, `config` is replaced as a whole.
 * @throws Problem forbidden, invalid, not-found, conflict (a rule of the file, a key that is taken)
 */
export async function updateRule(
  context: Context,
  { id, ...changes }: { id: string; [field: string]: unknown },
): Promise<Rule> {
  authorize(context.actor, "alerts:write");
  return context.db.$transaction(async (tx) => {
    const before = await getRuleRow(tx, id);
    assertRuleEditable(before);
    const {
      label,
      key,
      source,
      config,
      severity,
      forSeconds,
      keepFiringSeconds,
      cooldownSeconds,
      channels,
      labels,
      runbookUrl,
      opensIncident,
    } = toRule(before);
    const present = {
      label,
      key,
      source,
      config,
      severity,
      forSeconds,
      keepFiringSeconds,
      cooldownSeconds,
      channels,
      labels,
      runbookUrl,
      opensIncident,
    };
    const { config: wanted, ...rest } = parseRule({ ...present, ...changes, source });
    await assertChannels(tx, rest.channels);
    if (
      rest.key !== before.key &&
      (await tx.alertRule.findUnique({ where: { key: rest.key ?? "" }, select: { id: true } }))
    )
      throw keyTaken(rest.key ?? "");
    const row = await tx.alertRule.update({
      where: { id: before.id },
      data: { ...rest, config: toStoredJson(wanted) },
    });
    await writeAudit(tx, context, {
      action: "rule.update",
      subjectType: "rule",
      subjectId: row.id,
      before: auditedRule(before),
      after: auditedRule(row),
    });
    await notifyAlerts(tx);
    return toRule(row);
  });
}

/** Deletes a rule; its open alerts resolve, what was stays readable. @throws Problem forbidden, not-found, conflict */
export async function deleteRule(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "alerts:write");
  await context.db.$transaction(async (tx) => {
    const row = await getRuleRow(tx, id);
    assertRuleEditable(row);
    await tx.alertRule.delete({ where: { id: row.id } });
    await writeAudit(tx, context, {
      action: "rule.delete",
      subjectType: "rule",
      subjectId: row.id,
      before: auditedRule(row),
    });
    await notifyAlerts(tx);
  });
}

/** A paused rule is not looked at; its open alerts resolve. Rules of the file too. @throws Problem forbidden, not-found */
export async function pauseRule(context: Context, { id }: { id: string }): Promise<Rule> {
  return setPaused(context, id, context.now());
}

/** @throws Problem forbidden, not-found */
export async function resumeRule(context: Context, { id }: { id: string }): Promise<Rule> {
  return setPaused(context, id, null);
}

async function setPaused(context: Context, id: string, pausedAt: Date | null): Promise<Rule> {
  authorize(context.actor, "alerts:write");
  return context.db.$transaction(async (tx) => {
    const before = await getRuleRow(tx, id);
    if ((before.pausedAt === null) === (pausedAt === null)) return toRule(before);
    const row = await tx.alertRule.update({ where: { id: before.id }, data: { pausedAt } });
    await writeAudit(tx, context, {
      action: pausedAt ? "rule.pause" : "rule.resume",
      subjectType: "rule",
      subjectId: row.id,
    });
    await notifyAlerts(tx);
    return toRule(row);
  });
}

async function assertChannels(tx: Prisma.TransactionClient, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const rows = await tx.alertChannel.findMany({ select: { key: true } });
  const known = new Set(rows.map(({ key }) => key));
  const unknown = keys.filter((key) => !known.has(key));
  if (unknown.length === 0) return;
  const message = `there is no channel "${unknown.join('", "')}"; there are: ${[...known].join(", ") || "none"}`;
  throw invalidWith("The rule", [{ path: "channels", message }]);
}
