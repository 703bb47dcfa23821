import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import type { Prisma } from "@/lib/db/generated/client";
import { assertCurrent } from "./assert-current";
import { affectedChecks, version } from "./incident-input";
import { lockIncident } from "./lock-incident";
import { notifyIncidents } from "./notify-incidents";
import { takeOver } from "./take-over";
import { writeEntry } from "./write-entry";

export const setAffectedInput = z.strictObject({ checks: affectedChecks, version });

/**
 * Says which checks an incident affects, and how: those that are left out are affected no longer, but for checks that were deleted.
 * @returns the incident's version @throws Problem forbidden, invalid, not-found, conflict when somebody else changed them since `version`
 */
export async function setAffected(
  context: Context,
  { id, ...given }: { id: string; checks: unknown; version?: unknown },
): Promise<number> {
  authorize(context.actor, "incidents:write");
  const { checks, version: base } = parseInput(setAffectedInput, given, "The list of affected checks");
  return context.db.$transaction(async (tx) => {
    const incident = await lockIncident(tx, id);
    const change = await writeAffected(tx, incident.id, checks);
    if (change === "") return incident.version;
    await assertCurrent(tx, incident, base, ["checks"]);
    await takeOver(tx, context, incident);
    await writeEntry(tx, context, {
      incidentId: incident.id,
      source: "change",
      ref: `affected-${incident.version}`,
      message: change,
    });
    await writeAudit(tx, context, {
      action: "incident.affected",
      subjectType: "incident",
      subjectId: incident.id,
      after: { version: incident.version + 1, changed: { checks } },
    });
    await notifyIncidents(tx);
    return incident.version + 1;
  });
}

/** @returns what changed, as a sentence; empty where nothing did @throws Problem invalid for a check that is not there */
export async function writeAffected(
  tx: Prisma.TransactionClient,
  incidentId: string,
  wanted: z.output<typeof affectedChecks>,
): Promise<string> {
  const before = await tx.incidentCheck.findMany({ where: { incidentId, checkId: { not: null } } });
  const checks = await tx.healthCheck.findMany({
    where: { id: { in: wanted.map(({ checkId }) => checkId) } },
    select: { id: true, label: true },
  });
  const labels = new Map(checks.map(({ id, label }) => [id, label]));
  const unknown = wanted.findIndex(({ checkId }) => !labels.has(checkId));
  if (unknown !== -1) {
    const message = "there is no such check";
    throw new Problem("invalid", `checks: ${message}`, [{ path: `checks.${unknown}.checkId`, message }]);
  }
  const had = new Map(before.map((row) => [row.checkId, row]));
  const sentences: string[] = [];
  for (const { checkId, impact } of wanted) {
    const label = labels.get(checkId) ?? "";
    const row = had.get(checkId);
    if (row?.impact === impact) continue;
    await tx.incidentCheck.upsert({
      where: { incidentId_checkId: { incidentId, checkId } },
      create: { incidentId, checkId, label, impact },
      update: { impact, label },
    });
    sentences.push(row ? `${label} went from ${row.impact} to ${impact}.` : `${label} is affected (${impact}).`);
  }
  const kept = new Set(wanted.map(({ checkId }) => checkId));
  const gone = before.filter(({ checkId }) => checkId !== null && !kept.has(checkId));
  if (gone.length > 0) await tx.incidentCheck.deleteMany({ where: { id: { in: gone.map(({ id }) => id) } } });
  sentences.push(...gone.map(({ label }) => `${label} is not affected.`));
  return sentences.join(" ");
}
