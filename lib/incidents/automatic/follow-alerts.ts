import type { Context } from "@/lib/core/context";
import { refreshCauses } from "../causes/refresh-causes";
import { collectTimeline } from "../timeline/collect-timeline";
import { type Moved, moveIncidents } from "./move-incidents";

/**
 * All that incidents do by themselves: they are opened and moved by the alerts, their timelines fill and their likely causes
 * are ranked. Each part may be repeated, by any worker, and does then what is left to do.
 * @throws when the database is away
 */
export async function followAlerts(context: Context): Promise<Moved> {
  const moved = await moveIncidents(context);
  await collectTimeline(context);
  await refreshCauses(context);
  return moved;
}
