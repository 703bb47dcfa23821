import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Page, decodeCursor, page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import { type Labels, metricName, type MetricKind, moment } from "../sample";

export interface Anomaly {
  id: string;
  seriesId: number;
  name: string;
  unit: string;
  /** Of the series. */
  metricKind: MetricKind;
  metadata: Labels;
  at: Date;
  /** From 0.5 to 1. */
  score: number;
  kind: string;
  value: number;
  expected: { low: number; middle: number; high: number };
  /** "4.1× above what is usual on Mondays at 14:00; usual 120-180 ms" */
  reason: string;
  /** When somebody said that it was expected. */
  expectedAt: Date | null;
  expectedBy: string | null;
}

export const listAnomaliesInput = z.strictObject({
  name: metricName.optional().meta({ description: "Of this metric only." }),
  query: z.string().max(200).default("").meta({ description: "A part of the metric's name, whatever its case." }),
  from: moment.optional(),
  to: moment.optional(),
  show: z
    .enum(["unexpected", "all"], "must be unexpected or all")
    .default("all")
    .meta({ description: "`unexpected` leaves out what somebody marked as expected." }),
  ...page,
});

const keys = z.tuple([z.iso.datetime(), z.uuid()]);

interface Row extends Omit<Anomaly, "expected"> {
  low: number;
  middle: number;
  high: number;
}

const ANOMALY_COLUMNS = `a.id, a.series_id AS "seriesId", s.name, s.unit, s.kind::text AS "metricKind", s.metadata, a.at, a.score, a.kind, a.value, a.low, a.middle, a.high, a.reason,
  a.expected_at AS "expectedAt", a.expected_by AS "expectedBy"`;

/** Anomalies, the latest first. @throws Problem forbidden, invalid */
export async function listAnomalies(
  context: Context,
  input: z.input<typeof listAnomaliesInput> = {},
): Promise<Page<Anomaly>> {
  authorize(context.actor, "read");
  const { name, query, from, to, show, limit, cursor } = parseInput(listAnomaliesInput, input, "The query");
  const [at, id] = cursor === undefined ? [null, null] : decodeCursor(keys, cursor);
  const { rows } = await context.sql.query<Row>(
    `SELECT ${ANOMALY_COLUMNS} FROM metric_anomalies a JOIN metric_series s ON s.id = a.series_id
     WHERE ($1::text IS NULL OR s.name = $1) AND ($2::timestamptz IS NULL OR a.at >= $2) AND ($3::timestamptz IS NULL OR a.at < $3)
       AND ($4 OR a.expected_at IS NULL) AND ($8 = '' OR strpos(lower(s.name), lower($8)) > 0) AND ($5::timestamptz IS NULL OR (a.at, a.id) < ($5, $6::uuid))
     ORDER BY a.at DESC, a.id DESC LIMIT $7`,
    [name ?? null, from ?? null, to ?? null, show === "all", at, id, limit + 1, query.trim()],
  );
  const anomalies = rows.map(toAnomaly);
  return toPage(anomalies, limit, (row) => [row.at.toISOString(), row.id]);
}

const toAnomaly = ({ low, middle, high, ...row }: Row): Anomaly => ({ ...row, expected: { low, middle, high } });
