import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { applyTransition } from "./apply-transition";
import { assertCurrent } from "./assert-current";
import { INCIDENT_FIELDS, type Incident, toIncident } from "./incident";
import { markdown, status, version } from "./incident-input";
import { lockIncident } from "./lock-incident";
import { notifyIncidents } from "./notify-incidents";
import { takeOver } from "./take-over";
import { writeEntry } from "./write-entry";

export const addUpdateInput = z.strictObject({
  message: markdown.min(1, "is required: say what you know").meta({ description: "Markdown." }),
  status: status.optional().meta({ description: "The incident's status from now on; stays where left out." }),
  isPublic: z.boolean().default(true).meta({ description: "Shown on the status page while the incident is public." }),
  version,
});

/**
 * Writes an update into the timeline, with a new status where one is given.
 * @returns the incident, and the update's id
 * @throws Problem forbidden, invalid, not-found, conflict when somebody else changed the status since `version`
 */
export async function addUpdate(
  context: Context,
  { id, ...given }: { id: string; [field: string]: unknown },
): Promise<{ incident: Incident; updateId: string }> {
  authorize(context.actor, "incidents:write");
  const { version: base, status: to, ...update } = parseInput(addUpdateInput, given, "The update");
  return context.db.$transaction(async (tx) => {
    const before = await lockIncident(tx, id);
    if (to !== undefined && to !== before.status) await assertCurrent(tx, before, base, ["status"]);
    const { isChange, data } = applyTransition(before, to, context);
    await takeOver(tx, context, before, data);
    const incident = toIncident(
      await tx.incident.findUniqueOrThrow({ where: { id: before.id }, select: INCIDENT_FIELDS }),
    );
    if (isChange && before.resolvedAt !== null)
      await writeEntry(tx, context, {
        incidentId: before.id,
        source: "change",
        ref: `reopened-${incident.version}`,
        message: `Reopened: it had been resolved at ${before.resolvedAt.toISOString().slice(0, 16).replace("T", " ")} UTC.`,
      });
    const { id: updateId } = await writeEntry(tx, context, {
      ...update,
      incidentId: before.id,
      status: incident.status,
    });
    await writeAudit(tx, context, {
      action: "incident.note",
      subjectType: "incident",
      subjectId: before.id,
      after: { version: incident.version, changed: isChange ? { status: incident.status } : {}, ...update },
    });
    await notifyIncidents(tx);
    return { incident, updateId };
  });
}
