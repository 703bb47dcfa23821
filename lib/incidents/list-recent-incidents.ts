import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import type { Incident } from "./incident";

const MAX_SHOWN = 200;

/**
 * What the overview and the charts show of incidents, by one query: the open ones, the worst first, then those resolved last; at most 200.
 * @throws Problem forbidden
 */
export async function listRecentIncidents(
  context: Context,
): Promise<Pick<Incident, "id" | "number" | "title" | "severity" | "status" | "startedAt" | "resolvedAt">[]> {
  authorize(context.actor, "read");
  return context.db.incident.findMany({
    // The enum is declared from low to critical, and PostgreSQL sorts by that order.
    orderBy: [
      { resolvedAt: { sort: "desc", nulls: "first" } },
      { severity: "desc" },
      { startedAt: "desc" },
      { id: "desc" },
    ],
    take: MAX_SHOWN,
    select: { id: true, number: true, title: true, severity: true, status: true, startedAt: true, resolvedAt: true },
  });
}
