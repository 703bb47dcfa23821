import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";

const MAX_LISTED = 500;

/** Who can lead an incident: users that can sign in, by name, at most 500. @throws Problem forbidden */
export async function listLeads(context: Context): Promise<{ id: string; name: string }[]> {
  authorize(context.actor, "read");
  return context.db.user.findMany({
    where: { disabledAt: null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MAX_LISTED,
    select: { id: true, name: true },
  });
}
