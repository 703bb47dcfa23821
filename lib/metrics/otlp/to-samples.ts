import { isStorable } from "@/lib/core/storable";
import type { Histogram, HistogramBucket, Labels, Sample } from "../sample";
import {
  CUMULATIVE,
  DELTA,
  type ExponentialBuckets,
  type ExponentialPoint,
  type HistogramPoint,
  type NumberPoint,
  type OtlpMetric,
  type OtlpPoint,
  type SummaryPoint,
} from "./model";
import { DecodeFault } from "./protobuf";
import { toUnit } from "./units";

type Base = Pick<Sample, "name" | "unit" | "recordedAt" | "startedAt"> & { metadata: Labels };

/** The scales of the data model (https://opentelemetry.io/docs/specs/otel/metrics/sdk, base2 exponential histograms). */
const MIN_SCALE = -10;
const MAX_SCALE = 20;

/**
 * What a point is stored as: one sample, for a summary several, and none when nothing was measured. Pure.
 * @throws DecodeFault when it can't be stored, saying why
 */
export function toSamples(metric: OtlpMetric, point: OtlpPoint): Sample[] {
  if (point.ms === undefined) throw new DecodeFault("has no time");
  const metadata = { ...metric.labels, ...point.labels };
  assertStorable(metric, metadata);
  const startedAt = point.startedMs === undefined ? {} : { startedAt: new Date(point.startedMs) };
  const base = { name: metric.name, unit: toUnit(metric.unit), metadata, recordedAt: new Date(point.ms), ...startedAt };
  switch (point.type) {
    case "number":
      return [numberSample(metric, point, base)];
    case "histogram":
      return distribution(metric, explicitHistogram(point), base);
    case "exponential":
      return distribution(metric, exponentialHistogram(point), base);
    case "summary":
      return summarySamples(point, base);
  }
}

/** JSON's escapes can bring halves of surrogate pairs, which would break the transaction of all that is written with them. */
function assertStorable({ name, unit }: OtlpMetric, labels: Labels): void {
  const isFine =
    isStorable(name) &&
    isStorable(unit) &&
    Object.entries(labels).every(([key, value]) => isStorable(key) && (typeof value !== "string" || isStorable(value)));
  if (!isFine) throw new DecodeFault("a text must not hold a null character or half of a surrogate pair");
}

function numberSample(metric: OtlpMetric, { value }: NumberPoint, base: Base): Sample {
  if (value === undefined) throw new DecodeFault("has no value");
  if (!metric.isSum) return { ...base, kind: "gauge", value };
  const temporality = temporalityOf(metric);
  // An amount since the point before is one, also where it may be negative; a sum that may fall is a level.
  if (temporality === "delta") return { ...base, kind: "delta", value };
  return { ...base, kind: metric.isMonotonic ? "counter" : "gauge", value };
}

function temporalityOf({ temporality }: OtlpMetric): "delta" | "cumulative" {
  if (temporality === DELTA) return "delta";
  if (temporality === CUMULATIVE) return "cumulative";
  throw new DecodeFault("must have the aggregation temporality 1 (delta) or 2 (cumulative)");
}

function distribution(metric: OtlpMetric, histogram: Histogram, base: Base): Sample[] {
  const temporality = temporalityOf(metric);
  if (temporality === "delta" && histogram.count === 0) return [];
  return [{ ...base, kind: "distribution", temporality, histogram }];
}

function explicitHistogram({ count, sum, min, max, bucketCounts, explicitBounds }: HistogramPoint): Histogram {
  // Without buckets it still tells count, sum, least and greatest value.
  const counts = bucketCounts.length === 0 && explicitBounds.length === 0 ? [count] : bucketCounts;
  if (counts.length !== explicitBounds.length + 1)
    throw new DecodeFault(
      `has ${counts.length} bucket counts for ${explicitBounds.length} bounds: one more than bounds is right`,
    );
  if (!explicitBounds.every((bound, i) => bound > (explicitBounds[i - 1] ?? -Infinity)))
    throw new DecodeFault("its bounds must ascend");
  const buckets = counts.map((one, i) => ({
    lower: explicitBounds[i - 1] ?? -Infinity,
    upper: explicitBounds[i] ?? Infinity,
    count: one,
  }));
  return { count, sum, min, max, buckets: buckets.filter((bucket) => bucket.count !== 0) };
}

/** Bucket i of the positive ones holds the values in (2^(i/2^scale), 2^((i+1)/2^scale)], the negative ones mirror them. */
function exponentialHistogram(point: ExponentialPoint): Histogram {
  const { count, sum, min, max, scale, zeroCount, zeroThreshold } = point;
  if (scale < MIN_SCALE || scale > MAX_SCALE)
    throw new DecodeFault(`its scale must lie from ${MIN_SCALE} to ${MAX_SCALE}`);
  if (!(zeroThreshold >= 0 && Number.isFinite(zeroThreshold)))
    throw new DecodeFault("its zero threshold must be a number from 0 on");
  const negative = boundedBuckets(point.negative, scale).map(({ lower, upper, count: one }) => ({
    lower: -upper,
    upper: -lower,
    count: one,
  }));
  const zero = zeroCount === 0 ? [] : [{ lower: -zeroThreshold, upper: zeroThreshold, count: zeroCount }];
  return {
    count,
    sum,
    min,
    max,
    buckets: [...negative.toReversed(), ...zero, ...boundedBuckets(point.positive, scale)],
  };
}

function boundedBuckets({ offset, counts }: ExponentialBuckets, scale: number): HistogramBucket[] {
  const width = 2 ** -scale;
  return counts.flatMap((count, i) => {
    if (count === 0) return [];
    const lower = 2 ** ((offset + i) * width);
    if (!Number.isFinite(lower)) throw new DecodeFault("has a bucket that lies beyond all numbers");
    return [{ lower, upper: 2 ** ((offset + i + 1) * width), count }];
  });
}

/** Its quantiles as they are, since those of several can't be merged; count and sum as counters. */
function summarySamples({ count, sum = 0, quantiles }: SummaryPoint, base: Base): Sample[] {
  const { startedAt: _, ...level } = base;
  // NaN is what a sender gives who has measured nothing of late.
  const known = quantiles.filter(({ value }) => !Number.isNaN(value));
  return [
    { ...base, kind: "counter", name: `${base.name}_count`, unit: "count", value: count },
    { ...base, kind: "counter", name: `${base.name}_sum`, value: sum },
    ...known.map(({ quantile, value }): Sample => {
      return { ...level, kind: "gauge", value, metadata: { ...base.metadata, quantile: String(quantile) } };
    }),
  ];
}
