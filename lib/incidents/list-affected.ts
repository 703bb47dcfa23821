import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { groupBy } from "@/lib/core/group-by";
import type { AffectedCheck } from "./get-incident";

/** The affected checks of several incidents, by the incident's id: one statement. @throws Problem forbidden */
export async function listAffected(
  context: Context,
  { ids }: { ids: readonly string[] },
): Promise<ReadonlyMap<string, AffectedCheck[]>> {
  authorize(context.actor, "read");
  if (ids.length === 0) return new Map();
  const rows = await context.db.incidentCheck.findMany({
    where: { incidentId: { in: [...ids] } },
    orderBy: { label: "asc" },
    select: { incidentId: true, checkId: true, label: true, impact: true },
  });
  return groupBy(rows, ({ incidentId }) => incidentId);
}
