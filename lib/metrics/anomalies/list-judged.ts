import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { MATCHES } from "../query/find-series";
import type { Matcher } from "../query/matchers";
import type { Labels } from "../sample";
import { alignBands, slotsOf } from "./band-slots";

/** What was usual of a series at each of some times; null where the detector did not know, or did not look. */
export interface UsualRange {
  low: (number | null)[];
  high: (number | null)[];
}

/** A point that was odd, and that nobody marked as expected. */
export interface OddPoint {
  /** Which of the charts it is on. */
  chart: number;
  metadata: Labels;
  /** In ms. */
  at: number;
  reason: string;
}

/** What is asked of the detector about some charts over the same times. */
export interface JudgedInput {
  /** Start of each bucket, in ms. */
  times: readonly number[];
  /** Of the last bucket, in ms. */
  end: number;
  /** Whose bands are wanted. */
  seriesIds: readonly number[];
  /** Whose odd points are wanted: the latest hundred of all series of each. */
  charts: readonly { name: string; matchers: readonly Matcher[] }[];
}

interface Row {
  bands: { id: number; slots: number[]; low: number[]; high: number[] }[] | null;
  odd: OddPoint[] | null;
}

const READ = `
  WITH slots AS (
    SELECT s.id, width_bucket(b.recorded_at, $2::timestamptz[]) - 1 AS slot, min(b.low)::float8 AS low, max(b.high)::float8 AS high
    FROM unnest($1::int[]) AS s(id)
    CROSS JOIN LATERAL (
      SELECT recorded_at, low, high FROM metric_bands
      WHERE series_id = s.id AND recorded_at >= $3::timestamptz AND recorded_at < $4::timestamptz OFFSET 0
    ) b
    GROUP BY 1, 2
  ), bands AS (
    SELECT id, array_agg(slot ORDER BY slot) AS slots, array_agg(low ORDER BY slot) AS low, array_agg(high ORDER BY slot) AS high
    FROM slots GROUP BY 1
  ), odd AS (
    SELECT (c.n - 1)::int AS chart, a.metadata, date_part('epoch', a.at) * 1000 AS at, a.reason
    FROM unnest($5::text[], $6::jsonb[]) WITH ORDINALITY AS c(name, matchers, n)
    CROSS JOIN LATERAL (
      SELECT s.metadata, a.at, a.reason FROM metric_anomalies a JOIN metric_series s ON s.id = a.series_id
      WHERE a.at >= $3::timestamptz AND a.at < $4::timestamptz AND a.expected_at IS NULL AND s.name = c.name AND NOT EXISTS (
        SELECT FROM jsonb_to_recordset(c.matchers) AS m(label text, op text, value text) WHERE NOT ${MATCHES}
      )
      ORDER BY a.at DESC LIMIT 100
    ) a
  )
  SELECT (SELECT json_agg(bands) FROM bands) AS bands, (SELECT json_agg(odd ORDER BY at) FROM odd) AS odd`;

/**
 * What the detector says about some charts, by one statement: what was usual of some series in each bucket (of each bucket
 * the widest), and what was odd.
 * @returns usual: by series; those of which nothing is known are left out. @throws Problem forbidden
 */
export async function listJudged(
  context: Context,
  { times, end, seriesIds, charts }: JudgedInput,
): Promise<{ usual: Map<number, UsualRange>; odd: OddPoint[] }> {
  authorize(context.actor, "read");
  if (times.length === 0) return { usual: new Map(), odd: [] };
  const slots = slotsOf(times, end);
  const now = context.now().getTime();
  const iso = (ms: number | undefined) => new Date(ms ?? end).toISOString();
  const { rows } = await context.sql.query<Row>({
    name: "list-judged",
    text: READ,
    values: [
      [...new Set(seriesIds)],
      slots.map(iso),
      iso(slots[0]),
      iso(end),
      charts.map(({ name }) => name),
      charts.map(({ matchers }) => JSON.stringify(matchers)),
    ],
  });
  const usual = new Map(
    rows[0]?.bands?.map(({ id, ...known }): [number, UsualRange] => {
      const pick = (values: readonly number[]) =>
        alignBands(times, slots, new Map(known.slots.map((slot, i) => [slot, values[i] ?? Number.NaN])), now);
      return [id, { low: pick(known.low), high: pick(known.high) }];
    }),
  );
  return { usual, odd: rows[0]?.odd ?? [] };
}
