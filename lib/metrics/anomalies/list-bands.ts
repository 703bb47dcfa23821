import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { alignBands, slotsOf } from "./band-slots";

/** What was usual of a series at each of some times; null where the detector did not know, or did not look. */
export interface UsualRange {
  low: (number | null)[];
  high: (number | null)[];
}

interface Row {
  id: number;
  slots: number[];
  low: number[];
  high: number[];
}

const READ = `
  SELECT id, array_agg(slot ORDER BY slot) AS slots, array_agg(low ORDER BY slot) AS low, array_agg(high ORDER BY slot) AS high
  FROM (
    SELECT s.id, width_bucket(b.recorded_at, $2::timestamptz[]) - 1 AS slot, min(b.low)::float8 AS low, max(b.high)::float8 AS high
    FROM unnest($1::int[]) AS s(id)
    CROSS JOIN LATERAL (
      SELECT recorded_at, low, high FROM metric_bands
      WHERE series_id = s.id AND recorded_at >= $3::timestamptz AND recorded_at < $4::timestamptz OFFSET 0
    ) b
    GROUP BY 1, 2
  ) AS slots
  GROUP BY 1`;

/**
 * What was usual of some series in each bucket of a chart: of each bucket the widest. One statement.
 * @param times start of each bucket, in ms @param end of the last one, in ms
 * @returns by series; those of which nothing is known are left out. @throws Problem forbidden
 */
export async function listBands(
  context: Context,
  { seriesIds, times, end }: { seriesIds: readonly number[]; times: readonly number[]; end: number },
): Promise<Map<number, UsualRange>> {
  authorize(context.actor, "read");
  if (seriesIds.length === 0 || times.length === 0) return new Map();
  const slots = slotsOf(times, end);
  const iso = (ms: number | undefined) => new Date(ms ?? end).toISOString();
  const { rows } = await context.sql.query<Row>({
    name: "list-bands",
    text: READ,
    values: [[...new Set(seriesIds)], slots.map(iso), iso(slots[0]), iso(end)],
  });
  return new Map(
    rows.map(({ id, ...known }) => {
      const pick = (values: readonly number[]) =>
        alignBands(times, slots, new Map(known.slots.map((slot, i) => [slot, values[i] ?? Number.NaN])));
      return [id, { low: pick(known.low), high: pick(known.high) }];
    }),
  );
}
