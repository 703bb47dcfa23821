import type { Pool } from "pg";
import type { SeriesKey } from "./sample";
import { findSeries } from "./writer/find-series";

const NO_LIMITS = { perName: Infinity, perToken: Infinity };

/**
 * The numbers of these series, in the same order; those that are new are made, as gauges. For what fills tables by SQL (the
 * demo, benchmarks); samples go through writeSamples, which knows its series.
 */
export async function resolveSeries(sql: Pool, keys: readonly SeriesKey[]): Promise<number[]> {
  const refs = keys.map((key) => ({
    ...key,
    key: "",
    asked: "",
    id: 0,
    kind: "gauge" as const,
    createdBy: null,
    refusal: undefined,
    startedMs: undefined,
  }));
  await findSeries(sql, refs, NO_LIMITS);
  return refs.map(({ id }) => id);
}
