import { DatabaseError, type Pool } from "pg";
import { Problem } from "@/lib/core/errors";
import type { Labels, MetricKind } from "../sample";
import type { Matcher } from "./matchers";
import type { RollupState, Span } from "./spans";

/** Which series of a metric are wanted. */
export interface SeriesFilter {
  name: string;
  /** Labels that a series carries, compared with their type. */
  metadata: Labels;
  matchers: readonly Matcher[];
  kind?: MetricKind | undefined;
}

export interface FoundSeries {
  /** Which of the filters it is for. */
  index: number;
  id: number;
  unit: string;
  kind: MetricKind;
  metadata: Labels;
}

export interface Found {
  /** By filter and id; of each filter at most one more than the limit. */
  series: FoundSeries[];
  rollups: RollupState;
}

/** A label matcher as SQL, over a row `s` of metric_series and `m` (label, op, value). */
export const MATCHES = `
  CASE m.op
    WHEN '=' THEN coalesce(s.metadata ->> m.label, '') = m.value
    WHEN '!=' THEN coalesce(s.metadata ->> m.label, '') <> m.value
    WHEN '=~' THEN coalesce(s.metadata ->> m.label, '') ~ ('^(?:' || m.value || ')$')
    ELSE coalesce(s.metadata ->> m.label, '') !~ ('^(?:' || m.value || ')$')
  END`;

const ms = (column: string) => `date_part('epoch', ${column}) * 1000`;

const FITS = `AND NOT EXISTS (
        SELECT FROM jsonb_to_recordset(w.matchers) AS m(label text, op text, value text) WHERE NOT ${MATCHES}
      )`;

const MANY = "unnest($1::text[], $2::jsonb[], $3::jsonb[], $7::metric_kind[]) WITH ORDINALITY";
/** PostgreSQL plans this once for all; of lists it takes each for another length, and plans anew: twice the work of running it. */
const ONE = "(SELECT $1::text, $2::jsonb, $3::jsonb, $7::metric_kind, 1)";

/**
 * $1 names, $2 labels, $3 matchers, $4 most of each, $5 and $6 the times that will be read, $7 kinds.
 * @param fits left out where nothing has matchers
 */
const findStatement = (wanted: string, fits: string) => `
  WITH found AS (
    SELECT (w.n - 1)::int AS index, f.*
    FROM ${wanted} AS w(name, labels, matchers, kind, n)
    CROSS JOIN LATERAL (
      SELECT s.id, s.unit, s.kind, s.metadata FROM metric_series s
      WHERE s.name = w.name AND s.metadata @> w.labels AND (w.kind IS NULL OR s.kind = w.kind) ${fits}
      ORDER BY s.id LIMIT $4
    ) f
  )
  SELECT
    (SELECT json_agg(found ORDER BY index, id) FROM found) AS series,
    (SELECT ${ms("until")} FROM metric_rollup_watermarks WHERE tier = 'hour') AS "hourUntil",
    (SELECT ${ms("until")} FROM metric_rollup_watermarks WHERE tier = 'day') AS "dayUntil",
    ARRAY(SELECT ${ms("bucket_at")} FROM metric_rollup_pending WHERE tier = 'hour' AND bucket_at >= $5 AND bucket_at < $6) AS "openHours",
    ARRAY(SELECT ${ms("bucket_at")} FROM metric_rollup_pending WHERE tier = 'day' AND bucket_at > $5::timestamptz - interval '1 day' AND bucket_at < $6) AS "openDays",
    ARRAY(
      SELECT DISTINCT ${ms("hour")} FROM metric_rollup_marks
      WHERE hour >= $5 AND hour < $6 AND series_id IN (SELECT id FROM found)
    ) AS "markedHours"`;

const STATEMENTS = {
  "find-series": findStatement(MANY, ""),
  "find-one-series": findStatement(ONE, ""),
  "find-matching-series": findStatement(MANY, FITS),
  "find-one-matching-series": findStatement(ONE, FITS),
} as const;

interface Row {
  series: FoundSeries[] | null;
  hourUntil: number | null;
  dayUntil: number | null;
  openHours: number[];
  openDays: number[];
  markedHours: number[];
}

/**
 * Finds series, and which roll-ups can be read for them, by one statement. Hours for which late samples of theirs wait to be
 * rolled up count as not computed: what was written is read at once.
 * @param limit most series of each filter; one more tells that there are
 * @throws Problem invalid when PostgreSQL does not take a pattern
 */
export async function findSeries(
  sql: Pool,
  filters: readonly SeriesFilter[],
  limit: number,
  read: Span,
): Promise<Found> {
  const isOne = filters.length === 1;
  const isMatching = filters.some(({ matchers }) => matchers.length > 0);
  const name = `find-${isOne ? "one-" : ""}${isMatching ? "matching-" : ""}series` as const;
  const pick = (of: (filter: SeriesFilter) => unknown) => {
    const all = filters.map(of);
    return isOne ? all[0] : all;
  };
  const { rows } = await sql
    .query<Row>({
      name,
      text: STATEMENTS[name],
      values: [
        pick((filter) => filter.name),
        pick((filter) => JSON.stringify(labelsOf(filter))),
        pick(({ matchers }) => JSON.stringify(matchers)),
        limit + 1,
        new Date(Math.floor(read.from / 3_600_000) * 3_600_000),
        new Date(read.to),
        pick(({ kind }) => kind ?? null),
      ],
    })
    .catch((error: unknown) => {
      throw asProblem(error);
    });
  const row = rows[0];
  const markedHours = row?.markedHours ?? [];
  const markedDays = markedHours.map((hour) => Math.floor(hour / 86_400_000) * 86_400_000);
  return {
    series: row?.series ?? [],
    rollups: {
      until: { hour: row?.hourUntil ?? 0, day: row?.dayUntil ?? 0 },
      open: {
        hour: new Set([...(row?.openHours ?? []), ...markedHours]),
        day: new Set([...(row?.openDays ?? []), ...markedDays]),
      },
    },
  };
}

/** What is equal is found by the index of labels; a matcher's value is a text, and that of a number or a truth may be one too. */
function labelsOf({ metadata, matchers }: SeriesFilter): Labels {
  const texts = matchers.filter(({ op, value }) => op === "=" && value !== "" && !/^(-?\d|true$|false$)/.test(value));
  return { ...Object.fromEntries(texts.map(({ label, value }) => [label, value])), ...metadata };
}

/** 2201B: invalid regular expression. */
export function asProblem(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.code !== "2201B") return error;
  const message = `is no regular expression: ${error.message.replace(/^invalid regular expression: /, "")}`;
  return new Problem("invalid", `The query is not valid: matchers: ${message}.`, [{ path: "matchers", message }]);
}
