import { writeAudit } from "@/lib/access/audit";
import { actorName } from "@/lib/alerting/acknowledge-alert";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { lockIncident } from "./lock-incident";
import { notifyIncidents } from "./notify-incidents";
import { takeOver } from "./take-over";
import { writeEntry } from "./write-entry";

/**
 * Whoever asks takes an incident on, and leads it where nobody does. Again is no fault: the first one stays.
 * @throws Problem forbidden, not-found, conflict when it is resolved
 */
export async function acknowledgeIncident(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "incidents:write");
  await context.db.$transaction(async (tx) => {
    const incident = await lockIncident(tx, id);
    if (incident.resolvedAt !== null)
      throw new Problem("conflict", "This incident is resolved: there is nothing to take on.");
    const { actor } = context;
    const leads = incident.leadId === null && actor.kind === "user";
    if (incident.acknowledgedAt !== null && !leads) return;
    await takeOver(tx, context, incident, leads ? { leadId: actor.id } : {});
    await writeEntry(tx, context, {
      incidentId: incident.id,
      source: "change",
      ref: `acknowledged-${incident.version + 1}`,
      message: `${actorName(context)} took it on${leads ? " and leads it" : ""}.`,
    });
    await writeAudit(tx, context, {
      action: "incident.acknowledge",
      subjectType: "incident",
      subjectId: incident.id,
      after: { version: incident.version + 1, changed: leads ? { leadId: actor.id } : {} },
    });
    await notifyIncidents(tx);
  });
}
