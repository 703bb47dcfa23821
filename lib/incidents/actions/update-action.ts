import { writeAudit } from "@/lib/access/audit";
import { actorName } from "@/lib/alerting/acknowledge-alert";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { assertLead } from "../assert-lead";
import { notifyIncidents } from "../notify-incidents";
import { toDate, updateActionInput } from "./action-input";
import { ACTION_FIELDS, type ActionItem, toActionItem } from "./action-item";
import { lockAction } from "./lock-action";

/**
 * Changes what is given of an action item, or says that it is done, or that it is not. One that is done stays done by whoever did it first.
 * @throws Problem forbidden, invalid, not-found
 */
export async function updateAction(
  context: Context,
  { id, ...given }: { id: string; [field: string]: unknown },
): Promise<ActionItem> {
  authorize(context.actor, "incidents:write");
  const { isDone, dueOn, ...fields } = parseInput(updateActionInput, given, "The action item");
  const now = context.now();
  return context.db.$transaction(async (tx) => {
    const before = await lockAction(tx, id, now);
    if (fields.ownerId !== before.ownerId) await assertLead(tx, fields.ownerId, "ownerId");
    const turns = isDone !== undefined && isDone !== (before.doneAt !== null);
    const row = await tx.incidentAction.update({
      where: { id: before.id },
      data: {
        ...fields,
        ...(dueOn !== undefined && { dueOn: toDate(dueOn) }),
        ...(turns && { doneAt: isDone ? now : null, doneBy: isDone ? actorName(context) : null }),
        updatedAt: now,
      },
      select: ACTION_FIELDS,
    });
    const after = toActionItem(row, now);
    const { title, ownerId, dueOn: due, doneAt } = before;
    await writeAudit(tx, context, {
      action: turns ? (isDone ? "incident-action.done" : "incident-action.reopen") : "incident-action.update",
      subjectType: "incident-action",
      subjectId: before.id,
      before: { title, ownerId, dueOn: due, doneAt },
      after: { title: after.title, ownerId: after.ownerId, dueOn: after.dueOn, doneAt: after.doneAt },
    });
    await notifyIncidents(tx);
    return after;
  });
}
