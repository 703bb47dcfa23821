import { z } from "zod";

/** A series' labels. Flat, so that they can be matched, hashed and shown. */
export type Labels = Readonly<Record<string, string | number | boolean>>;

/** What a series is identified by. */
export interface SeriesKey {
  name: string;
  unit: string;
  metadata?: Labels;
}

/** A level, a cumulative count that falls only when it is reset, an amount since the sample before, or a distribution. */
export type MetricKind = ValueKind | "distribution";
export type ValueKind = "gauge" | "counter" | "delta";

interface SampleBase extends SeriesKey {
  recordedAt: Date;
  /** When the counting began, where the sender knows it: what came before the first sample is then known too. */
  startedAt?: Date;
}

/** A value of a series at a time. */
export interface ValueSample extends SampleBase {
  /** gauge where left out */
  kind?: ValueKind;
  value: number;
}

/** Many measured values at once. */
export interface DistributionSample extends SampleBase {
  kind: "distribution";
  /** `delta`: since the sample before; `cumulative`: since the start, and the writer takes the difference. */
  temporality: "delta" | "cumulative";
  histogram: Histogram;
}

/** What a receiver hands to the writer (write-samples.ts). */
export type Sample = ValueSample | DistributionSample;

/** Counts by range. Only non-empty buckets, ascending; the bounds may be infinite. */
export interface Histogram {
  count: number;
  sum?: number;
  min?: number;
  max?: number;
  buckets: readonly HistogramBucket[];
}

export interface HistogramBucket {
  lower: number;
  upper: number;
  count: number;
}

/** A moment as programs give it: a Date, or ISO 8601 with an offset. */
export const moment = z.union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))], {
  error: "must be a time in ISO 8601 with an offset, like 2026-05-01T12:00:00Z",
});

/** The limits that every receiver holds a series to. */
export const SERIES_LIMITS = { nameLength: 255, unitLength: 60, labels: 32, labelLength: 100, valueLength: 1_000 };

// PostgreSQL stores every character but this one.
const storable = (text: string) => !text.includes("\u0000");
const NULL_CHARACTER = "must not hold a null character";

export const METRIC_NAME = /^[a-zA-Z_][\w:./-]*$/;

export const metricName = z
  .string()
  .max(SERIES_LIMITS.nameLength, `must have at most ${SERIES_LIMITS.nameLength} characters`)
  .regex(METRIC_NAME, "must start with a letter and have letters, digits and _ : . / - only");

const label = z.union([
  z.string().max(SERIES_LIMITS.valueLength).refine(storable, NULL_CHARACTER),
  z.number(),
  z.boolean(),
]);

export const labels = z
  .record(z.string().min(1).max(SERIES_LIMITS.labelLength).refine(storable, NULL_CHARACTER), label)
  .refine(
    (record) => Object.keys(record).length <= SERIES_LIMITS.labels,
    `must have at most ${SERIES_LIMITS.labels} labels`,
  );

const unit = z.string().max(SERIES_LIMITS.unitLength).refine(storable, NULL_CHARACTER);

/** What every series has to be like, whichever way its samples come. */
export const seriesKeySchema = z.object({ name: metricName, unit, metadata: labels.optional() });

/** What `recordMetric` takes. */
export const sampleInput = z.object({
  name: metricName,
  value: z.number("must be a finite number"),
  unit: unit.default(""),
  kind: z.enum(["gauge", "counter", "delta"]).default("gauge"),
  metadata: labels.default({}),
  recordedAt: moment.optional(),
});
