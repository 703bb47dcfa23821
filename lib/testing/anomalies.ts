import type { Context } from "@/lib/core/context";
import { resolveSeries } from "@/lib/metrics/series";

/** An anomaly of a series that is made where it does not exist. */
export async function addAnomaly(
  context: Context,
  { name = "answer_time", at = new Date(), score = 0.9 }: { name?: string; at?: Date; score?: number } = {},
) {
  const [seriesId = 0] = await resolveSeries(context.sql, [{ name, unit: "ms", metadata: {} }]);
  return context.db.metricAnomaly.create({
    data: {
      seriesId,
      at,
      score,
      kind: "value",
      value: 812,
      low: 120,
      middle: 150,
      high: 180,
      reason: "5.4× above what is usual on Mondays at 14:00; usual 120-180 ms",
    },
  });
}
