import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { actorName } from "@/lib/alerting/acknowledge-alert";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { notFound } from "@/lib/core/parse-id";
import type { Prisma } from "@/lib/db/generated/client";
import { applyTransition } from "./apply-transition";
import { decideMerge, worseImpact } from "./decide-merge";
import { INCIDENT_FIELDS, type Incident, incidentName, toIncident } from "./incident";
import { incidentKey } from "./incident-key";
import { lockIncident } from "./lock-incident";
import { notifyIncidents } from "./notify-incidents";
import { escapeMarkdown } from "./postmortem/draft-postmortem";
import { takeOver } from "./take-over";
import { writeEntry } from "./write-entry";

export const mergeIncidentInput = z.strictObject({
  intoId: z.uuid("must be the id of an incident").meta({ description: "The incident that goes on." }),
});

/**
 * Makes an incident a part of another one, which goes on in its place: its alerts, errors and affected checks go there, its
 * story stays where it is. @returns the other one
 * @throws Problem forbidden, invalid (with the reason), not-found
 */
export async function mergeIncident(
  context: Context,
  { id, ...given }: { id: string; intoId: unknown },
): Promise<Incident> {
  authorize(context.actor, "incidents:write");
  const { intoId } = parseInput(mergeIncidentInput, given, "The merge");
  return context.db.$transaction(async (tx) => {
    const known = await tx.incident.findUnique({ where: incidentKey(id), select: { id: true } });
    if (!known) throw notFound("incident");
    const fromId = known.id;
    // In one order, whichever is merged into which: two who merge at once wait for each other and never for ever.
    const locked = new Map<string, Incident>();
    for (const one of [fromId, intoId.toLowerCase()].toSorted()) locked.set(one, await lockIncident(tx, one));
    const from = locked.get(fromId);
    const into = locked.get(intoId.toLowerCase());
    if (!from || !into) throw new Error("an incident was locked and is gone");
    const merge = decideMerge(from, into);
    if (!merge.isAllowed)
      throw new Problem("invalid", `intoId: ${merge.reason}`, [{ path: "intoId", message: merge.reason }]);
    const moved = await moveFacts(tx, context, from, into);
    await endMerged(tx, context, from, into);
    await takeOver(tx, context, into, merge.fields);
    const raised = merge.fields.severity ? `; the severity went from ${into.severity} to ${merge.fields.severity}` : "";
    await writeEntry(tx, context, {
      incidentId: into.id,
      source: "change",
      ref: `merged-${from.id}-${into.version + 1}`,
      message: `${actorName(context)} merged ${incidentName(from.number)} “${from.title}” into it: ${moved}${raised}.`,
      link: `/incidents/${from.number}`,
    });
    await writeAudit(tx, context, {
      action: "incident.update",
      subjectType: "incident",
      subjectId: into.id,
      after: { version: into.version + 1, changed: merge.fields, merged: from.id },
    });
    await notifyIncidents(tx);
    return toIncident(await tx.incident.findUniqueOrThrow({ where: { id: into.id }, select: INCIDENT_FIELDS }));
  });
}

/** @returns what went over, in words */
async function moveFacts(
  tx: Prisma.TransactionClient,
  context: Context,
  from: Incident,
  into: Incident,
): Promise<string> {
  const alerts = await tx.alert.updateMany({
    where: { incidentId: from.id },
    data: { incidentId: into.id, incidentReason: `${actorName(context)} merged ${incidentName(from.number)} into it` },
  });
  const errors = await tx.errorGroup.updateMany({ where: { incidentId: from.id }, data: { incidentId: into.id } });
  const checks = await tx.incidentCheck.findMany({ where: { incidentId: from.id } });
  const known = await tx.incidentCheck.findMany({ where: { incidentId: into.id, checkId: { not: null } } });
  for (const { checkId, label, impact } of checks) {
    const row = checkId === null ? undefined : known.find((one) => one.checkId === checkId);
    if (row)
      await tx.incidentCheck.update({ where: { id: row.id }, data: { impact: worseImpact(row.impact, impact) } });
    else await tx.incidentCheck.create({ data: { incidentId: into.id, checkId, label, impact } });
  }
  const counts = [
    [alerts.count, "alert"],
    [errors.count, "error"],
    [checks.length, "affected check"],
  ] as const;
  const words = counts.flatMap(([count, word]) => (count > 0 ? `${count} ${word}${count === 1 ? "" : "s"}` : []));
  return words.length > 0 ? words.join(", ") : "nothing was to be taken over";
}

/** Ends the one that was merged and says where it goes on, to the public too where it was told of it. */
async function endMerged(
  tx: Prisma.TransactionClient,
  context: Context,
  from: Incident,
  into: Incident,
): Promise<void> {
  const { data } = applyTransition(from, "resolved", context);
  await takeOver(tx, context, from, { ...data, mergedIntoId: into.id });
  await writeEntry(tx, context, {
    incidentId: from.id,
    source: "change",
    ref: `merged-${from.version + 1}`,
    ...(data.status && { status: data.status }),
    message: `${actorName(context)} merged it into ${incidentName(into.number)} “${into.title}”, where it goes on.`,
    link: `/incidents/${into.number}`,
  });
  if (from.resolvedAt === null && from.visibility === "public")
    await writeEntry(tx, context, {
      incidentId: from.id,
      status: "resolved",
      message: `This is a part of “${escapeMarkdown(into.title)}”, where we go on telling of it.`,
      isPublic: true,
    });
  await writeAudit(tx, context, {
    action: "incident.update",
    subjectType: "incident",
    subjectId: from.id,
    after: { version: from.version + 1, changed: { ...data, mergedIntoId: into.id } },
  });
}
