import { type Aggregate, AGGREGATES, operationFor } from "../query/aggregates";
import type { MetricKind } from "../sample";

/** The aggregates that make sense for every one of these kinds; all of them where no kind is known. Pure. */
export function fittingAggregates(kinds: readonly MetricKind[]): Aggregate[] {
  return AGGREGATES.filter((agg) => kinds.every((kind) => "operation" in operationFor(agg, kind)));
}

const FIRST: Record<MetricKind, Aggregate> = { gauge: "avg", counter: "rate", delta: "sum", distribution: "p95" };

/** What somebody who has just found a metric most likely wants to see of it. Pure. */
export function firstAggregate(kinds: readonly MetricKind[]): Aggregate {
  const [kind] = kinds;
  const wanted = kind === undefined ? "avg" : FIRST[kind];
  return fittingAggregates(kinds).find((agg) => agg === wanted) ?? "avg";
}

const COUNTS = new Set(["", "1", "count"]);

/** The unit of what an aggregate says of a metric: a rate is a second, a count has none. Pure. */
export function aggregatedUnit(agg: Aggregate, unit: string, kind: MetricKind | undefined): string {
  if (agg === "count") return "count";
  if (agg !== "rate") return unit;
  // A distribution's rate is how many were measured, not how much.
  if (COUNTS.has(unit) || kind === "distribution") return "per_second";
  return unit === "bytes" || unit === "By" ? "bytes_per_second" : `${unit}/s`;
}
