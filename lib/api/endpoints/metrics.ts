import { z } from "zod";
import { getMetrics, getMetricsInput } from "@/lib/metrics/get-metrics";
import { listSeries, listSeriesInput } from "@/lib/metrics/list-series";
import { jsonSample, jsonSamples, MAX_SAMPLES, receiveJson } from "@/lib/metrics/receive-json";
import { assertRoomForSamples } from "@/lib/metrics/write-samples";
import { defineEndpoint } from "../define-endpoint";
import { labels } from "../labels";
import { list, time } from "../schemas";
import { toJsonSchema } from "../to-json-schema";

const tag = "Metrics";
const metadata = z.record(z.string(), z.unknown()).meta({ description: "The series' labels" });
const { step, points } = getMetricsInput.shape;

export const metrics = [
  defineEndpoint({
    method: "POST",
    path: "/api/v1/metrics",
    scope: "metrics:write",
    tag,
    summary: "Push samples",
    description:
      "At most 10,000 samples and 1 MiB. What is answered is stored for good; the same series and time again changes nothing. Samples that are wrong are named in `rejected`, the others are stored; 422 when not one is right. 429 with Retry-After when more comes in than can be stored.",
    body: jsonSamples,
    describeBody: () => toJsonSchema(z.object({ samples: z.array(jsonSample).max(MAX_SAMPLES) }), "input"),
    response: z.object({
      stored: z.int(),
      duplicates: z.int().meta({ description: "Stored before: nothing was changed" }),
      rejected: z.array(
        z.object({
          index: z.int().meta({ description: "Its place in `samples`" }),
          path: z.string().meta({ description: "The wrong field; empty when it is the sample as a whole" }),
          message: z.string(),
        }),
      ),
    }),
    admit: assertRoomForSamples,
    handle: (context, { body: { samples } }) => receiveJson(context, samples),
  }),
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
