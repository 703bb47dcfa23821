import { z } from "zod";
import { getMetrics, getMetricsInput } from "@/lib/metrics/get-metrics";
import { listSeries, listSeriesInput } from "@/lib/metrics/list-series";
import { defineEndpoint } from "../define-endpoint";
import { labels } from "../labels";
import { list, time } from "../schemas";

const tag = "Metrics";
const metadata = z.record(z.string(), z.unknown()).meta({ description: "The series' labels" });
const { step, points } = getMetricsInput.shape;

export const metrics = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/metrics",
    scope: "read",
    tag,
    summary: "List the series",
    query: listSeriesInput,
    response: list(z.object({ id: z.int(), name: z.string(), unit: z.string(), metadata, createdAt: time })),
    handle: (context, { query }) => listSeries(context, query),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/metrics/query",
    scope: "read",
    tag,
    summary: "Query a metric over a time range",
    description: "A bucket in which nothing was recorded has the value null.",
    query: getMetricsInput
      .omit({ metadata: true })
      .extend({
        step: z.coerce
          .number()
          .pipe(step.unwrap())
          .optional()
          .meta({ description: "Seconds; where left out, what gives about `points` points" }),
        points: z.coerce.number().pipe(points.unwrap()).optional(),
        labels,
      })
      .strict(),
    response: z.object({
      name: z.string(),
      unit: z.string(),
      stepSeconds: z.number(),
      series: z.array(
        z.object({ unit: z.string(), metadata, points: z.array(z.object({ at: time, value: z.number().nullable() })) }),
      ),
    }),
    handle: (context, { query: { labels: wanted, ...query } }) => getMetrics(context, { ...query, metadata: wanted }),
  }),
];
