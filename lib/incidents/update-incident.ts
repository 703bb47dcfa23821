import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { actorName } from "@/lib/alerting/acknowledge-alert";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { applyTransition } from "./apply-transition";
import { assertCurrent } from "./assert-current";
import { assertLead } from "./assert-lead";
import { assertTimes } from "./assert-times";
import { INCIDENT_FIELDS, type Incident, toIncident } from "./incident";
import {
  incidentTimes,
  incidentTitle,
  leadId,
  markdown,
  severity,
  status,
  version,
  visibility,
} from "./incident-input";
import { lockIncident } from "./lock-incident";
import { notifyIncidents } from "./notify-incidents";
import { takeOver } from "./take-over";
import { writeEntry } from "./write-entry";

export const updateIncidentInput = z.strictObject({
  title: incidentTitle.optional(),
  severity: severity.optional(),
  status: status.optional().meta({ description: "A resolved one becomes investigating again by it." }),
  description: markdown.optional().meta({ description: "Markdown." }),
  visibility: visibility.optional(),
  leadId: leadId.optional(),
  ...incidentTimes,
  version,
});

type Change = Omit<z.output<typeof updateIncidentInput>, "version">;

/**
 * Changes what is given, and says so in the timeline. resolvedAt follows from the status alone.
 * @throws Problem forbidden, invalid, not-found, conflict when somebody else changed the same fields since `version`
 */
export async function updateIncident(
  context: Context,
  { id, ...given }: { id: string; [field: string]: unknown },
): Promise<Incident> {
  authorize(context.actor, "incidents:write");
  const { version: base, ...wanted } = parseInput(updateIncidentInput, given, "The incident");
  return context.db.$transaction(async (tx) => {
    const before = await lockIncident(tx, id);
    const changed = changesOf(before, wanted);
    if (Object.keys(changed).length === 0) return before;
    await assertCurrent(tx, before, base, Object.keys(changed));
    await assertLead(tx, changed.leadId);
    const { status: to, ...fields } = changed;
    const { isChange, data } = applyTransition(before, to, context);
    assertTimes(
      { ...before, ...fields, ...(data.resolvedAt !== undefined && { resolvedAt: data.resolvedAt }) },
      context.now(),
    );
    await takeOver(tx, context, before, { ...fields, ...data });
    const row = await tx.incident.findUniqueOrThrow({ where: { id: before.id }, select: INCIDENT_FIELDS });
    const after = toIncident(row);
    await writeEntry(tx, context, {
      incidentId: before.id,
      source: "change",
      ref: `edit-${after.version}`,
      ...(isChange && { status: after.status }),
      message: `${actorName(context)} ${describeChange(before, after, changed)}.`,
    });
    await writeAudit(tx, context, {
      action: "incident.update",
      subjectType: "incident",
      subjectId: before.id,
      before: Object.fromEntries(Object.entries(before).filter(([field]) => field in changed)),
      after: { version: after.version, changed },
    });
    await notifyIncidents(tx);
    return after;
  });
}

/** What is given and differs. Pure. */
function changesOf(before: Incident, wanted: Change): Change {
  const entries = Object.entries({ ...wanted }).filter(([field, value]) => {
    const now = Object.entries(before).find(([name]) => name === field)?.[1];
    return value !== undefined && textOf(value) !== textOf(now);
  });
  return Object.fromEntries(entries);
}

const textOf = (value: unknown): string =>
  value instanceof Date ? value.toISOString() : JSON.stringify(value ?? null);

/** "changed the severity from high to critical, set the lead to Ada". Pure. */
function describeChange(before: Incident, after: Incident, changed: Change): string {
  const parts: string[] = [];
  if (changed.status !== undefined)
    parts.push(
      before.resolvedAt === null
        ? `went from ${before.status} to ${after.status}`
        : `reopened it: it had been resolved at ${before.resolvedAt.toISOString().slice(0, 16).replace("T", " ")} UTC`,
    );
  if (changed.severity !== undefined) parts.push(`changed the severity from ${before.severity} to ${after.severity}`);
  if (changed.title !== undefined) parts.push(`changed the title from “${before.title}”`);
  if (changed.description !== undefined) parts.push("changed the description");
  if (changed.visibility !== undefined)
    parts.push(after.visibility === "public" ? "made it public" : "took it off the public page");
  if (changed.leadId !== undefined)
    parts.push(after.lead === null ? "left it without a lead" : `made ${after.lead} the lead`);
  const times = (["startedAt", "detectedAt", "acknowledgedAt"] as const).filter((field) => field in changed);
  if (times.length > 0) parts.push("corrected its times");
  return parts.join(", ");
}
