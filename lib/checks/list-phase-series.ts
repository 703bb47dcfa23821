import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";

/** A check's durations over a piece of time. */
export interface PhasePoint {
  /** The piece's beginning. */
  at: Date;
  /** Mean duration of its runs, in ms; null: no run. */
  durationMs: number | null;
  /** Mean time of each phase, in ms, in the order in which they happen; empty where the kind measures none. */
  phases: Record<string, number>;
}

const MAX_POINTS = 500;
/** jsonb does not keep the order of keys. A phase that is not named here comes last. */
const PHASE_ORDER = ["dns", "connect", "tls", "firstByte", "download"];
const orderOf = (name: string) => (PHASE_ORDER.includes(name) ? PHASE_ORDER.indexOf(name) : PHASE_ORDER.length);

/**
 * How long a check took, and where the time went.
 * @param points how many pieces the time between `from` and `to` is cut into, 1 to 500; each is in the answer
 * @throws Problem forbidden, invalid
 */
export async function listPhaseSeries(
  context: Context,
  { checkId, from, to, points }: { checkId: string; from: Date; to: Date; points: number },
): Promise<PhasePoint[]> {
  authorize(context.actor, "read");
  if (!(to > from) || !(points >= 1 && points <= MAX_POINTS)) {
    throw new Problem("invalid", `A series has from before to, and 1 to ${MAX_POINTS} points.`);
  }
  const width = (to.getTime() - from.getTime()) / points;
  const { rows } = await context.sql.query<{ bucket: number; phase: string | null; ms: number }>(PHASES, [
    checkId,
    from.toISOString(),
    to.toISOString(),
    width / 1000,
  ]);
  const series = Array.from({ length: points }, (_, index): PhasePoint => {
    return { at: new Date(from.getTime() + index * width), durationMs: null, phases: {} };
  });
  for (const { bucket, phase, ms } of rows.toSorted((a, b) => orderOf(a.phase ?? "") - orderOf(b.phase ?? ""))) {
    const point = series[bucket];
    if (!point) continue;
    if (phase === null) point.durationMs = ms;
    else point.phases[phase] = ms;
  }
  return series;
}

const PHASES = `
  WITH run AS (
    SELECT floor(extract(epoch FROM scheduled_at - $2::timestamptz) / $4::float8)::int AS bucket, duration_ms, 
      CASE WHEN jsonb_typeof(meta->'phases') = 'object' THEN meta->'phases' END AS phases
    FROM health_check_results
    WHERE check_id = $1 AND scheduled_at >= $2::timestamptz AND scheduled_at < $3::timestamptz AND status <> 'skipped'
  )
  SELECT bucket, NULL AS phase, avg(duration_ms) AS ms FROM run GROUP BY 1
  UNION ALL
  SELECT bucket, phase.key, avg(phase.value::float8) FROM run, jsonb_each(phases) AS phase
  WHERE jsonb_typeof(phase.value) = 'number' GROUP BY 1, 2`;
