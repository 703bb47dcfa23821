import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { MAX_VIEWS, VIEW_FIELDS, type View } from "./view";

/** All saved views: those of the overview first, then by name. @throws Problem forbidden */
export async function listViews(context: Context): Promise<View[]> {
  authorize(context.actor, "read");
  return context.db.savedView.findMany({
    orderBy: [{ pinned: "desc" }, { name: "asc" }],
    select: VIEW_FIELDS,
    take: MAX_VIEWS,
  });
}
