import { z } from "zod";
import { getMetrics } from "@/lib/metrics/get-metrics";
import { getMetricsInput } from "@/lib/metrics/query/input";
import { listLabels, listLabelsInput, listLabelValues, listLabelValuesInput } from "@/lib/metrics/list-labels";
import { listMetricNames, listMetricNamesInput } from "@/lib/metrics/list-metric-names";
import { listSeries, listSeriesInput } from "@/lib/metrics/list-series";
import { jsonSample, jsonSamples, MAX_SAMPLES, receiveJson } from "@/lib/metrics/receive-json";
import { assertRoomForSamples } from "@/lib/metrics/write-samples";
import { defineEndpoint } from "../define-endpoint";
import { labelMatchers } from "../label-matchers";
import { list, time } from "../schemas";
import { toJsonSchema } from "../to-json-schema";

const tag = "Metrics";
const kind = z.enum(["gauge", "counter", "delta", "distribution"]);
const metadata = z.record(z.string(), z.unknown()).meta({ description: "The series' labels" });
const { name, from, to, agg, step, points, timezone, by, fill, offset } = getMetricsInput.shape;

const labelsQuery = { name: listLabelsInput.shape.name, labels: labelMatchers };
const labelValue = z.object({ value: z.string(), seriesCount: z.int() });

/** Labels of a query as matchers alone: what is equal is compared as text. */
const asMatchers = ({ metadata, matchers }: z.output<typeof labelMatchers>) => [
  ...Object.entries(metadata).map(([label, value]) => ({ label, op: "=" as const, value: String(value) })),
  ...matchers,
];

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
    path: "/api/v1/metrics/names",
    scope: "read",
    tag,
    summary: "Find metrics by name",
    query: listMetricNamesInput.strict(),
    response: list(
      z.object({ name: z.string(), units: z.array(z.string()), kinds: z.array(kind), seriesCount: z.int() }),
    ),
    handle: async (context, { query }) => ({ items: await listMetricNames(context, query), next: null }),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/metrics/labels",
    scope: "read",
    tag,
    summary: "List the labels of a metric",
    query: z.object(labelsQuery).strict(),
    response: list(z.object({ label: z.string(), valueCount: z.int(), values: z.array(labelValue) })),
    handle: async (context, { query: { name, labels } }) => ({
      items: await listLabels(context, { name, matchers: asMatchers(labels) }),
      next: null,
    }),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/metrics/label-values",
    scope: "read",
    tag,
    summary: "Find values of a label",
    query: listLabelValuesInput.omit({ matchers: true }).extend(labelsQuery).strict(),
    response: list(labelValue),
    handle: async (context, { query: { labels, ...query } }) => ({
      items: await listLabelValues(context, { ...query, matchers: asMatchers(labels) }),
      next: null,
    }),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/metrics/query",
    scope: "read",
    tag,
    summary: "Query a metric over a time range",
    description:
      "A bucket in which nothing was recorded has the value null, unless `fill` says otherwise. A rate is a second. Quantiles of distributions are right to 1 %, also over several series.",
    query: z
      .object({
        name,
        from: from.meta({ description: "ISO 8601; where left out, an hour before `to`" }),
        to: to.meta({ description: "ISO 8601; where left out, now" }),
        agg,
        step: z.coerce
          .number()
          .pipe(step.unwrap())
          .optional()
          .meta({ description: "Seconds; where left out, what gives about `points` points" }),
        points: z.coerce.number().pipe(points.unwrap()).optional(),
        timezone: timezone.meta({ description: "Steps of whole days are days there, like Europe/Berlin" }),
        labels: labelMatchers,
        kind: kind.optional().meta({ description: "Only series of this kind" }),
        by: z
          .string()
          .transform((text) => text.split(",").filter((label) => label !== ""))
          .pipe(by.unwrap())
          .optional()
          .meta({ description: "Labels to group by, like host,process; empty puts all series together" }),
        fill: fill.meta({ description: "What stands where nothing was recorded: null, the value before, or zero" }),
        offset: z.coerce
          .number()
          .pipe(offset.unwrap())
          .optional()
          .meta({ description: "Seconds: reads what was so long before, under the times asked for" }),
      })
      .strict(),
    response: z.object({
      name: z.string(),
      unit: z.string(),
      stepSeconds: z.number(),
      tier: z.enum(["raw", "hour", "day"]).meta({ description: "The coarsest that was read" }),
      series: z.array(
        z.object({
          unit: z.string(),
          kind: kind.optional(),
          metadata,
          seriesCount: z.int(),
          seriesId: z.int().optional().meta({ description: "Where it is one series alone" }),
          points: z.array(z.object({ at: time, value: z.number().nullable() })),
        }),
      ),
    }),
    handle: (context, { query: { labels, ...query } }) => getMetrics(context, { ...query, ...labels }),
  }),
];
