import { z } from "zod";
import { labels, metricName, moment } from "../sample";
import { AGGREGATES } from "./aggregates";
import { FILLS } from "./fill";
import { isTimeZone } from "./local-days";
import { matchers } from "./matchers";

/** Most buckets of a query. */
export const MAX_POINTS = 2_000;

const YEAR_SECONDS = 31_536_000;

export const wantedInput = z.object({
  name: metricName,
  /** Series that carry all of these labels. */
  metadata: labels.default({}),
  /** And that fit all of these. */
  matchers: matchers.default([]),
  /** And are of this kind. */
  kind: z.enum(["gauge", "counter", "delta", "distribution"]).optional(),
  agg: z.enum(AGGREGATES).default("avg"),
  /** Puts series together that have the same values of these labels; an empty list puts all together. Where unset, each is for itself. */
  by: z.array(z.string().min(1).max(100)).max(10, "must be at most 10 labels").optional(),
  fill: z.enum(FILLS).default("null"),
  /** Reads what was so many seconds before, and shows it under the times asked for: 604800 is last week. */
  offset: z
    .int()
    .min(0)
    .max(5 * YEAR_SECONDS, "must be at most 5 years")
    .default(0),
});

export const rangeInput = z.object({
  /** Where unset, an hour before `to`. */
  from: moment.optional(),
  /** Where unset, now. */
  to: moment.optional(),
  /** Seconds; where unset, the finest readable one for `points`. */
  step: z.int().min(1, "must be at least 1 second").max(YEAR_SECONDS, "must be at most a year").optional(),
  points: z.int().min(1).max(MAX_POINTS, `must be at most ${MAX_POINTS}`).default(300),
  /** Steps of whole days are days there, of 23 or 25 hours when clocks change; where unset, UTC. */
  timezone: z.string().max(100).refine(isTimeZone, "must be a time zone like Europe/Berlin").optional(),
});

export const getMetricsInput = wantedInput.extend(rangeInput.shape);
export const getMetricsManyInput = rangeInput.extend({ metrics: z.array(wantedInput).min(1).max(50) });

export type Wanted = z.output<typeof wantedInput>;
export type Range = z.output<typeof rangeInput>;
