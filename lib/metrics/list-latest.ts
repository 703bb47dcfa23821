import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import type { Labels } from "./sample";

export interface LatestSample {
  name: string;
  metadata: Labels;
  recordedAt: Date;
  value: number;
}

const READ = `
  SELECT s.name, s.metadata, m.recorded_at AS "recordedAt", m.value
  FROM metric_series s
  CROSS JOIN LATERAL (
    SELECT recorded_at, value FROM system_metrics
    WHERE series_id = s.id AND recorded_at > $2::timestamptz AND recorded_at <= $3::timestamptz ORDER BY recorded_at DESC LIMIT 1
  ) m
  WHERE s.name = ANY($1::text[]) ORDER BY m.recorded_at DESC, s.id`;

/**
 * The newest sample of every series of some metrics at a time, the newest first; a series that was silent for longer than
 * `withinSeconds` is left out. One statement. @throws Problem forbidden
 */
export async function listLatest(
  context: Context,
  { names, at, withinSeconds }: { names: readonly string[]; at: Date; withinSeconds: number },
): Promise<LatestSample[]> {
  authorize(context.actor, "read");
  const since = new Date(at.getTime() - withinSeconds * 1000);
  const { rows } = await context.sql.query<LatestSample>({
    name: "list-latest",
    text: READ,
    values: [names, since, at],
  });
  return rows;
}
