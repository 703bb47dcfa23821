import { z } from "zod";
import { formatDuration, formatPercent } from "@/lib/core/format";
import { defineSource } from "../define-source";
import * as fields from "./fields";
import { readMetricValues } from "./metric-values";

const config = z.strictObject({
  limitPercent: z
    .number("must be a number")
    .min(0, "must be from 0 to 100")
    .max(100, "must be from 0 to 100")
    .default(5)
    .meta({ title: "Limit", description: "Percent of requests that failed." }),
  windowSeconds: fields.windowOf(300),
  minimumRequests: z.int().min(0).default(10).meta({
    title: "At least so many requests",
    description: "With fewer in the window the rate says nothing, and what was stays.",
  }),
});

const READ = ["error_rate", "request_rate"] as const;

/** Weighted by how much each process answered: a process that fails its one request does not speak for a thousand others. */
export const errorRate = defineSource({
  label: "Error rate",
  description: "Of the requests to the web process in a window, too many were answered by 500 or above.",
  config,
  example: { limitPercent: 5, windowSeconds: 300 },
  read: async (rules, context) => {
    const wanted = rules.flatMap(({ config: { windowSeconds } }) =>
      READ.map((name) => ({ name, matchers: [], agg: "avg" as const, windowSeconds, by: undefined })),
    );
    const values = await readMetricValues(context, wanted);
    return new Map(
      rules.map(({ id, config: { limitPercent, windowSeconds, minimumRequests } }, index) => {
        const errors = new Map((values[2 * index] ?? []).map(({ key, value }) => [key, value ?? 0]));
        const rates = values[2 * index + 1] ?? [];
        const perSecond = rates.reduce((sum, { value }) => sum + (value ?? 0), 0);
        const failed = rates.reduce((sum, { key, value }) => sum + (value ?? 0) * (errors.get(key) ?? 0), 0);
        const requests = Math.round(perSecond * windowSeconds);
        const value = requests >= Math.max(1, minimumRequests) ? failed / perSecond : null;
        const over = `over the last ${formatDuration(windowSeconds)}`;
        const reading = {
          key: "all",
          subject: "Error rate",
          labels: { metric: "error_rate" },
          holds: value === null ? null : value > limitPercent,
          value,
          threshold: limitPercent,
          unit: "percent",
          summary:
            value === null
              ? `Too few requests ${over} to tell an error rate (${requests}).`
              : `${formatPercent(value)} of ${requests} requests failed ${over} (limit ${formatPercent(limitPercent)}).`,
        };
        return [id, rates.length === 0 ? [] : [reading]];
      }),
    );
  },
});
