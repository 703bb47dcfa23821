import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { notFound, parseId } from "@/lib/core/parse-id";
import { VIEW_FIELDS } from "./view";

/** Deletes a view; its metrics stay. @throws Problem forbidden, not-found */
export async function deleteView(context: Context, input: { id: string }): Promise<void> {
  authorize(context.actor, "metrics:write");
  const id = parseId(input.id, "view");
  await context.db.$transaction(async (tx) => {
    const before = await tx.savedView.findUnique({ where: { id }, select: VIEW_FIELDS });
    if (!before) throw notFound("view");
    await tx.savedView.delete({ where: { id } });
    await writeAudit(tx, context, { action: "view.delete", subjectType: "view", subjectId: id, before });
  });
}
