import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { MAX_PAGE } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";

const HOUR_MS = 3_600_000;

export const listTrendsInput = z.strictObject({
  ids: z.array(z.uuid()).max(MAX_PAGE),
  hours: z
    .int()
    .min(1)
    .max(24 * 90)
    .default(24),
});

/** Events of groups by hour: of each id as many numbers as hours, the present one last. @throws Problem forbidden, invalid */
export async function listTrends(
  context: Context,
  input: z.input<typeof listTrendsInput>,
): Promise<Map<string, number[]>> {
  authorize(context.actor, "read");
  const { ids, hours } = parseInput(listTrendsInput, input, "The query");
  const last = Math.floor(context.now().getTime() / HOUR_MS);
  const from = last - hours + 1;
  const rows = await context.db.errorGroupHour.findMany({
    where: { groupId: { in: ids }, hour: { gte: new Date(from * HOUR_MS) } },
  });
  const trends = new Map(ids.map((id) => [id, Array<number>(hours).fill(0)]));
  for (const { groupId, hour, count } of rows) {
    const at = hour.getTime() / HOUR_MS - from;
    const trend = trends.get(groupId);
    if (trend && at >= 0 && at < hours) trend[at] = count;
  }
  return trends;
}
