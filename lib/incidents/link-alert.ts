import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { actorName } from "@/lib/alerting/acknowledge-alert";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { notFound, parseId } from "@/lib/core/parse-id";
import { incidentName } from "./incident";
import { lockIncident } from "./lock-incident";
import { notifyIncidents } from "./notify-incidents";
import { takeOver } from "./take-over";
import { writeEntry } from "./write-entry";

export const linkAlertInput = z.strictObject({ incidentId: z.uuid("must be the id of an incident") });

/** Says that an alert belongs to an incident. @param id the alert's @throws Problem forbidden, invalid, not-found, conflict when it belongs to another */
export async function linkAlert(
  context: Context,
  { id, ...given }: { id: string; incidentId: unknown },
): Promise<void> {
  authorize(context.actor, "incidents:write");
  const { incidentId } = parseInput(linkAlertInput, given, "The incident");
  await change(context, incidentId, parseId(id, "alert"), true);
}

/** Says that an alert does not belong to its incident. @param id the alert's @throws Problem forbidden, not-found */
export async function unlinkAlert(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "incidents:write");
  const alertId = parseId(id, "alert");
  const alert = await context.db.alert.findUnique({ where: { id: alertId }, select: { incidentId: true } });
  if (!alert) throw notFound("alert");
  if (alert.incidentId !== null) await change(context, alert.incidentId, alertId, false);
}

async function change(context: Context, id: string, alertId: string, belongs: boolean): Promise<void> {
  await context.db.$transaction(async (tx) => {
    const incident = await lockIncident(tx, id);
    const alert = await tx.alert.findUnique({
      where: { id: alertId },
      select: { subject: true, incidentId: true },
    });
    if (!alert) throw notFound("alert");
    if (belongs === (alert.incidentId === incident.id)) return;
    if (belongs && alert.incidentId !== null)
      throw new Problem("conflict", "This alert belongs to another incident: take it out there first.");
    const name = actorName(context);
    await tx.alert.update({
      where: { id: alertId },
      data: belongs
        ? { incidentId: incident.id, incidentReason: `${name} added it` }
        : { incidentId: null, incidentReason: `${name} took it out of ${incidentName(incident.number)}` },
    });
    await takeOver(tx, context, incident);
    await writeEntry(tx, context, {
      incidentId: incident.id,
      source: "change",
      ref: `alert-${incident.version + 1}`,
      message: belongs
        ? `${name} added the alert “${alert.subject}”.`
        : `${name} took the alert “${alert.subject}” out.`,
      link: `/alerts/${alertId}`,
    });
    await writeAudit(tx, context, {
      action: belongs ? "incident.link-alert" : "incident.unlink-alert",
      subjectType: "incident",
      subjectId: incident.id,
      after: { alertId },
    });
    await notifyIncidents(tx);
  });
}
