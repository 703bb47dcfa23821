import { z } from "zod";
import { formatDuration, formatValue } from "@/lib/core/format";
import { getMetrics } from "@/lib/metrics/get-metrics";
import { AGGREGATES, quantileFor } from "@/lib/metrics/query/aggregates";
import { defineSource, type PastReadings, type Reading } from "../define-source";
import { matchersOf } from "../matchers";
import * as fields from "./fields";
import { groupKey, readMetricValues } from "./metric-values";

const DAY_SECONDS = 86_400;

const config = z
  .strictObject({
    metric: fields.metric,
    matchers: fields.matchers,
    agg: z.enum(AGGREGATES).default("avg").meta({
      title: "Aggregate",
      description:
        "What is made of the samples in the window. A quantile (p50 to p99) of a distribution is a true one.",
    }),
    windowSeconds: fields.windowOf(300),
    op: z.enum(["above", "below"]).default("above").meta({ title: "Fires when it is" }),
    threshold: z.number("must be a number").meta({ title: "Limit", description: "In the metric's own unit." }),
    clearThreshold: z.number().optional().meta({
      title: "Over when it is past",
      description:
        "An alert that fires goes on until the value is past this: one that swings around the limit fires once.",
    }),
    by: z.array(z.string().min(1).max(100)).max(10).optional().meta({
      title: "Group by",
      description:
        "Labels: series with the same values of them are looked at as one. Where empty, each series is for itself.",
    }),
    together: z.boolean().default(false).meta({
      title: "All series as one",
      description: "All series that fit are looked at as one, whatever their labels.",
    }),
  })
  .superRefine(({ op, threshold, clearThreshold }, refinement) => {
    if (clearThreshold === undefined || (op === "above" ? clearThreshold <= threshold : clearThreshold >= threshold))
      return;
    const message = op === "above" ? "must not be above the limit" : "must not be below the limit";
    refinement.addIssue({ code: "custom", path: ["clearThreshold"], message });
  });

type Config = z.output<typeof config>;

const groupsOf = ({ by, together }: Config) => (together ? [] : by && by.length > 0 ? by : undefined);

/** What a value means for a rule. Pure. */
export function judgeValue(
  options: Config,
  found: { key: string; labels: Readonly<Record<string, string>>; unit: string; value: number | null },
): Reading {
  const { metric, op, threshold, clearThreshold = threshold, agg, windowSeconds } = options;
  const { key, labels, unit, value } = found;
  const past = (limit: number) => value !== null && (op === "above" ? value > limit : value < limit);
  const names = Object.entries(labels).map(([label, text]) => `${label} ${text}`);
  const subject = [metric, ...names].join(", ");
  const word =
    quantileFor(agg) === undefined
      ? { avg: "on average ", max: "at most ", min: "at least " }[agg as "avg"]
      : `${agg} `;
  const limit = `limit ${formatValue(threshold, unit)}`;
  return {
    key,
    subject,
    labels: { ...labels, metric },
    holds: value === null ? null : past(clearThreshold),
    isBetween: past(clearThreshold) && !past(threshold),
    value,
    threshold,
    unit,
    summary:
      value === null
        ? `${subject} has no samples in the last ${formatDuration(windowSeconds)}.`
        : `${subject} was ${word ?? ""}${formatValue(value, unit)} over the last ${formatDuration(windowSeconds)} (${limit}).`,
  };
}

export const metric = defineSource({
  label: "Metric",
  description: "A metric's value over a window is above or below a limit.",
  config,
  example: { metric: "memory_usage", agg: "avg", windowSeconds: 300, op: "above", threshold: 80 },
  read: async (rules, context) => {
    const wanted = rules.map(({ config: options }) => ({
      name: options.metric,
      matchers: matchersOf(options.matchers),
      agg: options.agg,
      windowSeconds: options.windowSeconds,
      by: groupsOf(options),
    }));
    const values = await readMetricValues(context, wanted);
    return new Map(
      rules.map(({ id, config: options }, index) => [
        id,
        (values[index] ?? []).map((value) => judgeValue(options, value)),
      ]),
    );
  },
  /** Looked at once a window, and not each minute. */
  readPast: async ({ config: options }, context, { from, to }) => {
    const past: PastReadings[] = [];
    const step = Math.ceil(options.windowSeconds / 60) * 60;
    // Short pieces where single samples are read: a rule may look at 500 series.
    const steps = step < 3_600 ? Math.min(1_900, Math.floor((2 * DAY_SECONDS) / step)) : 1_900;
    const mostMs = steps * step * 1000;
    for (let start = from.getTime(); start < to.getTime(); start += mostMs) {
      const result = await getMetrics(context, {
        name: options.metric,
        matchers: [...matchersOf(options.matchers)],
        agg: options.agg,
        by: groupsOf(options),
        from: new Date(start),
        to: new Date(Math.min(to.getTime(), start + mostMs)),
        step,
      });
      const times = result.series[0]?.points ?? [];
      times.forEach(({ at }, index) =>
        past.push({
          at: new Date(at.getTime() + step * 1000),
          readings: result.series.map(({ unit, metadata, points }) => {
            const labels = Object.fromEntries(Object.entries(metadata).map(([label, text]) => [label, String(text)]));
            return judgeValue(options, { key: groupKey(labels), labels, unit, value: points[index]?.value ?? null });
          }),
        }),
      );
    }
    return past;
  },
});
