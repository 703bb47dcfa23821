import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { lockIncident } from "./lock-incident";
import { notifyIncidents } from "./notify-incidents";

/** Deletes an incident with its timeline, as one that was declared by mistake. @throws Problem forbidden, not-found */
export async function deleteIncident(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "admin");
  await context.db.$transaction(async (tx) => {
    const before = await lockIncident(tx, id);
    await tx.incident.delete({ where: { id: before.id } });
    await writeAudit(tx, context, {
      action: "incident.delete",
      subjectType: "incident",
      subjectId: before.id,
      before,
    });
    await notifyIncidents(tx);
  });
}
