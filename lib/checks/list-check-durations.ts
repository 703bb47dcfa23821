import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";

const MAX_POINTS = 500;

/**
 * How long the runs of many checks took, by one query: what a sparkline shows.
 * @param points how many pieces the time between `from` and `to` is cut into, 1 to 500
 * @returns by check id, for each id asked for: the mean duration in ms of each piece, null where no run was
 * @throws Problem forbidden, invalid
 */
export async function listCheckDurations(
  context: Context,
  { checkIds, from, to, points }: { checkIds: readonly string[]; from: Date; to: Date; points: number },
): Promise<Map<string, (number | null)[]>> {
  authorize(context.actor, "read");
  if (!(to > from) || !(points >= 1 && points <= MAX_POINTS)) {
    throw new Problem("invalid", `Durations have from before to, and 1 to ${MAX_POINTS} points.`);
  }
  const width = (to.getTime() - from.getTime()) / points / 1000;
  const { rows } = await context.sql.query<{ id: string; piece: number; ms: number }>(READ, [
    checkIds,
    from.toISOString(),
    to.toISOString(),
    width,
  ]);
  const durations = new Map(checkIds.map((id) => [id, new Array<number | null>(points).fill(null)]));
  for (const { id, piece, ms } of rows) {
    const values = durations.get(id);
    if (values && piece < points) values[piece] = ms;
  }
  return durations;
}

const READ = `
  SELECT check_id AS id, floor(extract(epoch FROM scheduled_at - $2::timestamptz) / $4::float8)::int AS piece, avg(duration_ms) AS ms
  FROM health_check_results
  WHERE check_id = ANY($1::uuid[]) AND scheduled_at >= $2::timestamptz AND scheduled_at < $3::timestamptz AND status <> 'skipped'
  GROUP BY 1, 2`;
