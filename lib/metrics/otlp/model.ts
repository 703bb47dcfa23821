import type { Labels } from "../sample";

/** What both encodings of OTLP metrics are read into. The names are those of opentelemetry/proto/metrics/v1/metrics.proto. */

export const DELTA = 1;
export const CUMULATIVE = 2;

/** What the points of a metric share. */
export interface OtlpMetric {
  name: string;
  /** UCUM */
  unit: string;
  /** Of the resource and the scope. */
  labels: Labels;
  /** 0 where the sender left it out, or a gauge or summary has none. */
  temporality: number;
  isMonotonic: boolean;
  isSum: boolean;
}

interface PointBase {
  /** Milliseconds since 1970; undefined when the sender does not know. */
  startedMs: number | undefined;
  /** undefined when the sender left it out. */
  ms: number | undefined;
  labels: Labels;
  flags: number;
}

export interface NumberPoint extends PointBase {
  type: "number";
  value: number | undefined;
}

interface CountedPoint extends PointBase {
  count: number;
  sum: number | undefined;
}

export interface HistogramPoint extends CountedPoint {
  type: "histogram";
  bucketCounts: readonly number[];
  explicitBounds: readonly number[];
  min: number | undefined;
  max: number | undefined;
}

export interface ExponentialPoint extends CountedPoint {
  type: "exponential";
  scale: number;
  zeroCount: number;
  zeroThreshold: number;
  positive: ExponentialBuckets;
  negative: ExponentialBuckets;
  min: number | undefined;
  max: number | undefined;
}

export interface ExponentialBuckets {
  offset: number;
  counts: readonly number[];
}

export interface SummaryPoint extends CountedPoint {
  type: "summary";
  quantiles: readonly { quantile: number; value: number }[];
}

export type OtlpPoint = NumberPoint | HistogramPoint | ExponentialPoint | SummaryPoint;

/**
 * Takes the points of a request as a decoder meets them. `decode` reads one; it may throw a DecodeFault, which costs this
 * point alone.
 */
export type VisitPoint = (metric: OtlpMetric, decode: () => OtlpPoint) => void;

/** Most buckets of one point: an SDK makes 160 of each sign. */
export const MAX_BUCKETS = 1_000;
/** Most quantiles of a summary. */
export const MAX_QUANTILES = 100;
/** How deep a list or map may be nested in an attribute's value. */
export const MAX_DEPTH = 16;

/** Nanoseconds since 1970 in ms; 0 is "not known". */
export const toMs = (nanoseconds: number): number | undefined =>
  nanoseconds === 0 ? undefined : Math.round(nanoseconds / 1e6);
