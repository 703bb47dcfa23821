import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { notifyIncidents } from "../notify-incidents";
import { lockAction } from "./lock-action";

/** Deletes an action item, as one that is not to be done after all. @throws Problem forbidden, not-found */
export async function deleteAction(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "incidents:write");
  await context.db.$transaction(async (tx) => {
    const before = await lockAction(tx, id, context.now());
    await tx.incidentAction.delete({ where: { id: before.id } });
    await writeAudit(tx, context, {
      action: "incident-action.delete",
      subjectType: "incident-action",
      subjectId: before.id,
      before,
    });
    await notifyIncidents(tx);
  });
}
