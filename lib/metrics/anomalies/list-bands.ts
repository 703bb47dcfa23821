import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";

/** What was usual of a series at a time. */
export interface BandPoint {
  at: Date;
  low: number;
  high: number;
}

/**
 * What was usual of a series over a range, in at most so many steps: of each step the widest.
 * @returns in order; nothing where the detector did not know enough yet. @throws Problem forbidden
 */
export async function listBands(
  context: Context,
  { seriesId, from, to, stepSeconds }: { seriesId: number; from: Date; to: Date; stepSeconds: number },
): Promise<BandPoint[]> {
  authorize(context.actor, "read");
  const { rows } = await context.sql.query<BandPoint>({
    name: "list-bands",
    text: `
      SELECT date_bin(make_interval(secs => $4), recorded_at, 'epoch') AS at, min(low)::float8 AS low, max(high)::float8 AS high
      FROM metric_bands WHERE series_id = $1 AND recorded_at >= $2 AND recorded_at < $3 GROUP BY 1 ORDER BY 1`,
    values: [seriesId, from, to, Math.max(300, stepSeconds)],
  });
  return rows;
}
