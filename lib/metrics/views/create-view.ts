import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { assertPinnable } from "./pinned-limit";
import { MAX_VIEWS, VIEW_FIELDS, type View, viewName, viewQuery } from "./view";
import { nameTaken } from "./view-name-taken";

const input = z.object({ name: viewName, query: viewQuery, pinned: z.boolean().default(false) });

/**
 * Saves charts of the explorer under a name.
 * @throws Problem forbidden, invalid, conflict when the name is taken or there are too many
 */
export async function createView(context: Context, given: z.input<typeof input>): Promise<View> {
  authorize(context.actor, "metrics:write");
  const { name, query, pinned } = parseInput(input, given, "The view");
  return context.db
    .$transaction(async (tx) => {
      if ((await tx.savedView.count()) >= MAX_VIEWS)
        throw new Problem("conflict", `There are ${MAX_VIEWS} views already; delete one that nobody needs.`);
      if (pinned) await assertPinnable(tx);
      const view = await tx.savedView.create({
        data: { name, query, pinned, createdBy: context.actor.kind === "user" ? context.actor.id : null },
        select: VIEW_FIELDS,
      });
      await writeAudit(tx, context, { action: "view.create", subjectType: "view", subjectId: view.id, after: view });
      return view;
    })
    .catch(nameTaken);
}
