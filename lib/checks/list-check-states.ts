import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type DisplayedState, stateOf } from "./displayed-state";
import type { Watch } from "./watch";

/**
 * What to show of these checks now, by id: one statement. One that was deleted is left out.
 * @param watch by whoever has asked already @throws Problem forbidden
 */
export async function listCheckStates(
  context: Context,
  { ids, watch }: { ids: readonly string[]; watch: Watch },
): Promise<ReadonlyMap<string, DisplayedState>> {
  authorize(context.actor, "read");
  if (ids.length === 0) return new Map();
  const rows = await context.db.healthCheck.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, status: true, pausedAt: true, lastResultAt: true, intervalSeconds: true },
  });
  return new Map(rows.map((row) => [row.id, stateOf(row, context.now(), watch)]));
}
