import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { actorName } from "@/lib/alerting/acknowledge-alert";
import { assertLead } from "./assert-lead";
import { assertTimes } from "./assert-times";
import { INCIDENT_FIELDS, type Incident, incidentName, toIncident } from "./incident";
import {
  affectedChecks,
  incidentTimes,
  incidentTitle,
  leadId,
  markdown,
  severity,
  status,
  visibility,
} from "./incident-input";
import { notifyIncidents } from "./notify-incidents";
import { writeAffected } from "./set-affected";
import { writeEntry } from "./write-entry";

export const declareIncidentInput = z.strictObject({
  title: incidentTitle,
  severity,
  status: status.exclude(["resolved"], "must be one of investigating, identified, monitoring").default("investigating"),
  description: markdown.default("").meta({ description: "Markdown." }),
  visibility: visibility.default("internal").meta({ description: "`public` shows it on the status page." }),
  leadId: leadId.default(null),
  checks: affectedChecks.default([]).meta({ description: "Checks that are affected, with the impact on each." }),
  alertId: z.uuid("must be the id of an alert").optional().meta({ description: "The alert that it is declared from." }),
  startedAt: incidentTimes.startedAt,
  detectedAt: incidentTimes.detectedAt,
});

/** Declares an incident; the timeline begins with it. @throws Problem forbidden, invalid */
export async function declareIncident(context: Context, given: unknown): Promise<Incident> {
  authorize(context.actor, "incidents:write");
  const input = parseInput(declareIncidentInput, given, "The incident");
  const { checks, alertId, startedAt: began, detectedAt: noticed, ...fields } = input;
  const now = context.now();
  return context.db.$transaction(async (tx) => {
    await assertLead(tx, fields.leadId);
    const alert = alertId === undefined ? null : await findAlert(tx, alertId);
    const detectedAt = noticed ?? alert?.firingSince ?? now;
    const startedAt = began ?? alert?.pendingSince ?? detectedAt;
    // Who declares it has noticed it, and took it on.
    const times = { startedAt, detectedAt, acknowledgedAt: detectedAt > now ? null : now, resolvedAt: null };
    assertTimes(times, now);
    const row = await tx.incident.create({
      data: {
        ...fields,
        ...times,
        mitigatedAt: fields.status === "monitoring" ? now : null,
        createdAt: now,
        createdBy: actorName(context),
      },
      select: INCIDENT_FIELDS,
    });
    await writeAffected(tx, row.id, checks);
    if (alert)
      await tx.alert.update({
        where: { id: alert.id },
        data: { incidentId: row.id, incidentReason: "the incident was declared from it" },
      });
    await writeEntry(tx, context, {
      incidentId: row.id,
      source: "change",
      ref: "declared",
      status: row.status,
      message: `${actorName(context)} declared the incident, ${row.severity}.`,
    });
    await writeAudit(tx, context, {
      action: "incident.declare",
      subjectType: "incident",
      subjectId: row.id,
      after: input,
    });
    await notifyIncidents(tx);
    return toIncident(row);
  });
}

async function findAlert(tx: Parameters<typeof writeEntry>[0], id: string) {
  await tx.$queryRaw`SELECT FROM alerts WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const alert = await tx.alert.findUnique({
    where: { id },
    select: { id: true, firingSince: true, pendingSince: true, incident: { select: { number: true } } },
  });
  const refuse = (message: string) => {
    throw new Problem("invalid", `The incident is not valid: alertId: ${message}`, [{ path: "alertId", message }]);
  };
  if (!alert) return refuse("there is no such alert");
  if (alert.incident) return refuse(`this alert belongs to ${incidentName(alert.incident.number)} already`);
  return alert;
}
