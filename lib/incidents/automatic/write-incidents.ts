import { writeAudit } from "@/lib/access/audit";
import type { Context } from "@/lib/core/context";
import type { Prisma } from "@/lib/db/generated/client";
import { takeOver } from "../take-over";
import type { AutomaticEntry, Changes } from "./decide-changes";
import { decideSeverity } from "./decide-severity";
import type { OpenIncident } from "./facts";
import type { Assignment, MembershipPlan } from "./plan-memberships";

/** What the automatism does is told in the timeline under this name. */
const SOURCE = "automatic";

/** Writes the incidents that alerts opened, and which alerts belong where. @returns the ids of the incidents that changed */
export async function writeMemberships(
  tx: Prisma.TransactionClient,
  context: Context,
  { opened, assignments }: MembershipPlan,
): Promise<string[]> {
  for (const incident of opened) await writeOpened(tx, context, incident);
  await assign(tx, assignments);
  const joined = assignments.flatMap(({ alert, incidentId, reason }) =>
    incidentId === null || opened.some(({ id, alerts }) => id === incidentId && alerts[0]?.id === alert.id)
      ? []
      : [{ incidentId, alert, reason }],
  );
  for (const { incidentId, alert, reason } of joined) {
    const entry = {
      ref: `joined-${alert.id}`,
      message: `${alert.subject} joined: ${reason}.`,
      link: `/alerts/${alert.id}`,
    };
    await writeEntries(tx, context, incidentId, [entry]);
  }
  return assignments.flatMap(({ incidentId }) => incidentId ?? []);
}

async function writeOpened(tx: Prisma.TransactionClient, context: Context, incident: OpenIncident): Promise<void> {
  const { id, title, severity, status, startedAt, detectedAt, isAutomatic, alerts } = incident;
  const [alert] = alerts;
  await tx.incident.create({
    data: { id, title, severity, status, startedAt, detectedAt, isAutomatic, createdAt: context.now() },
  });
  if (!alert) return;
  const { reason } = decideSeverity([alert.severity], alert.checkId === null ? 0 : 1);
  await writeEntries(tx, context, id, [
    {
      ref: "opened",
      status,
      at: detectedAt,
      message: `Opened by the alert ${alert.subject}, ${severity}: ${reason}. ${alert.summary}`,
      link: `/alerts/${alert.id}`,
    },
  ]);
  await writeAudit(tx, context, {
    action: "incident.open",
    subjectType: "incident",
    subjectId: id,
    after: { title, severity, alertId: alert.id },
  });
}

/** An alert that a person put into an incident meanwhile stays there. @throws when one was to be opened by it: all is done anew then */
async function assign(tx: Prisma.TransactionClient, assignments: readonly Assignment[]): Promise<void> {
  if (assignments.length === 0) return;
  const rows = assignments.map(({ alert, incidentId, reason }) => ({ id: alert.id, incident_id: incidentId, reason }));
  const written = await tx.$executeRaw`
    UPDATE alerts a SET incident_id = r.incident_id, incident_reason = r.reason
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, incident_id uuid, reason text)
    WHERE a.id = r.id AND a.incident_id IS NULL`;
  if (written !== assignments.length) throw new Error("an alert was put into an incident by somebody else meanwhile");
}

/** @returns whether something changed */
export async function writeChanges(
  tx: Prisma.TransactionClient,
  context: Context,
  incident: OpenIncident,
  { fields, entries, checks }: Changes,
): Promise<boolean> {
  const { id } = incident;
  if (Object.keys(fields).length === 0 && entries.length === 0 && checks.length === 0) return false;
  for (const { checkId, label, impact } of checks) {
    await tx.incidentCheck.upsert({
      where: { incidentId_checkId: { incidentId: id, checkId } },
      create: { incidentId: id, checkId, label, impact, createdAt: context.now() },
      update: { impact, label },
    });
  }
  const { version } = await takeOver(tx, context, incident, fields);
  if (Object.keys(fields).length > 0)
    await writeAudit(tx, context, {
      action: "incident.update",
      subjectType: "incident",
      subjectId: id,
      after: { version, changed: fields },
    });
  const names = checks.map(({ label, impact }) => `${label} (${impact})`);
  const told = names.length > 0 ? [{ ref: `affected-${version}`, message: `Affected: ${names.join(", ")}.` }] : [];
  await writeEntries(tx, context, id, [...told, ...entries]);
  return true;
}

/** Each once, whoever writes it. */
async function writeEntries(
  tx: Prisma.TransactionClient,
  { now }: Context,
  incidentId: string,
  entries: readonly AutomaticEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await tx.incidentUpdate.createMany({
    data: entries.map((entry) => ({ at: now(), ...entry, incidentId, source: SOURCE, createdAt: now() })),
    skipDuplicates: true,
  });
}
