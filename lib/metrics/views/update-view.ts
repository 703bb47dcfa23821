import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { notFound, parseId } from "@/lib/core/parse-id";
import { assertPinnable } from "./pinned-limit";
import { VIEW_FIELDS, type View, viewName, viewQuery } from "./view";
import { nameTaken } from "./view-name-taken";

const input = z.object({
  id: z.string(),
  name: viewName.optional(),
  query: viewQuery.optional(),
  pinned: z.boolean().optional(),
});

/**
 * Changes what is given: the name, the charts, or whether the overview shows it.
 * @throws Problem forbidden, not-found, invalid, conflict when the name is taken or the overview is full
 */
export async function updateView(context: Context, given: z.input<typeof input>): Promise<View> {
  authorize(context.actor, "metrics:write");
  const { id: text, ...data } = parseInput(input, given, "The view");
  const id = parseId(text, "view");
  return context.db
    .$transaction(async (tx) => {
      const before = await tx.savedView.findUnique({ where: { id }, select: VIEW_FIELDS });
      if (!before) throw notFound("view");
      if (data.pinned && !before.pinned) await assertPinnable(tx);
      const view = await tx.savedView.update({ where: { id }, data, select: VIEW_FIELDS });
      await writeAudit(tx, context, { action: "view.update", subjectType: "view", subjectId: id, before, after: view });
      return view;
    })
    .catch(nameTaken);
}
