import type { MetricKind } from "../sample";

export const AGGREGATES = ["avg", "min", "max", "sum", "count", "last", "rate", "p50", "p90", "p95", "p99"] as const;
/** What is said of the samples of a bucket. `rate` is a second; quantiles are of all samples, or of all that was measured. */
export type Aggregate = (typeof AGGREGATES)[number];

const QUANTILES: Partial<Record<Aggregate, number>> = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };

/** The quantile that an aggregate stands for, as a share of 1. */
export const quantileFor = (agg: Aggregate): number | undefined => QUANTILES[agg];

/** What the database does for an aggregate. `increase`: how much a counter grew, over resets; `sketch`: hands out sketches to be merged. */
export type Operation = "avg" | "min" | "max" | "sum" | "count" | "last" | "increase" | "percentile" | "sketch";

/** The operation that gives an aggregate of a series, or in a sentence why there is none. Pure. */
export function operationFor(agg: Aggregate, kind: MetricKind): { operation: Operation } | { refusal: string } {
  const isDistribution = kind === "distribution";
  if (quantileFor(agg) !== undefined) return { operation: isDistribution ? "sketch" : "percentile" };
  switch (agg) {
    case "rate":
      if (kind === "gauge")
        return { refusal: "a gauge is a level and has no rate; counters, deltas and distributions have one" };
      return { operation: kind === "counter" ? "increase" : isDistribution ? "count" : "sum" };
    case "sum":
      return { operation: kind === "counter" ? "increase" : "sum" };
    case "last":
      return isDistribution
        ? { refusal: "a distribution has no last value; ask for avg, max or a quantile" }
        : { operation: "last" };
    case "avg":
    case "min":
    case "max":
    case "count":
      return { operation: agg };
    default:
      return { operation: "avg" };
  }
}
