import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Incident, OPEN_STATUSES } from "./incident";

const MAX_SHOWN = 100;

/** What a list of open incidents shows, the worst first, then the latest; at most 100. @throws Problem forbidden */
export async function listOpenIncidents(
  context: Context,
): Promise<Pick<Incident, "id" | "title" | "severity" | "status" | "startedAt">[]> {
  authorize(context.actor, "read");
  return context.db.incident.findMany({
    where: { status: { in: [...OPEN_STATUSES] } },
    // The enum is declared from low to critical, and PostgreSQL sorts by that order.
    orderBy: [{ severity: "desc" }, { startedAt: "desc" }, { id: "desc" }],
    take: MAX_SHOWN,
    select: { id: true, title: true, severity: true, status: true, startedAt: true },
  });
}
