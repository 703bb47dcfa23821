import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { assertLead } from "../assert-lead";
import { lockIncident } from "../lock-incident";
import { notifyIncidents } from "../notify-incidents";
import { addActionInput, toDate } from "./action-input";
import { ACTION_FIELDS, type ActionItem, toActionItem } from "./action-item";

/** Adds an action item to an incident. @param id the incident's @throws Problem forbidden, invalid, not-found */
export async function addAction(
  context: Context,
  { id, ...given }: { id: string; [field: string]: unknown },
): Promise<ActionItem> {
  authorize(context.actor, "incidents:write");
  const { dueOn, ...input } = parseInput(addActionInput, given, "The action item");
  const now = context.now();
  return context.db.$transaction(async (tx) => {
    const incident = await lockIncident(tx, id);
    await assertLead(tx, input.ownerId, "ownerId");
    const row = await tx.incidentAction.create({
      data: { ...input, dueOn: toDate(dueOn), incidentId: incident.id, createdAt: now, updatedAt: now },
      select: ACTION_FIELDS,
    });
    await writeAudit(tx, context, {
      action: "incident-action.add",
      subjectType: "incident-action",
      subjectId: row.id,
      after: { incidentId: incident.id, ...input, dueOn },
    });
    await notifyIncidents(tx);
    return toActionItem(row, now);
  });
}
