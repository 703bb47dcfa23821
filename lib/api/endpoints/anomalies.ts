import { z } from "zod";
import { listAnomalies, listAnomaliesInput } from "@/lib/metrics/anomalies/list-anomalies";
import { markAnomaly } from "@/lib/metrics/anomalies/mark-anomaly";
import { defineEndpoint } from "../define-endpoint";
import { list, time } from "../schemas";

const tag = "Metrics";

const anomaly = z.object({
  id: z.uuid(),
  seriesId: z.int(),
  name: z.string(),
  unit: z.string(),
  metricKind: z.enum(["gauge", "counter", "delta", "distribution"]),
  metadata: z.record(z.string(), z.unknown()).meta({ description: "The series' labels" }),
  at: time,
  score: z.number().meta({ description: "From 0.5 to 1" }),
  kind: z.string(),
  value: z.number(),
  expected: z.object({ low: z.number(), middle: z.number(), high: z.number() }),
  reason: z.string(),
  expectedAt: time.nullable().meta({ description: "When somebody said that it was expected" }),
  expectedBy: z.string().nullable(),
});

export const anomalies = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/anomalies",
    scope: "read",
    tag,
    summary: "List anomalies, the latest first",
    query: listAnomaliesInput,
    response: list(anomaly),
    handle: (context, { query }) => listAnomalies(context, query),
  }),
  defineEndpoint({
    method: "PUT",
    path: "/api/v1/anomalies/{id}/expected",
    scope: "metrics:write",
    tag,
    summary: "Say that an anomaly was expected",
    status: 204,
    handle: (context, { params }) => markAnomaly(context, { ...params, expected: true }),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/anomalies/{id}/expected",
    scope: "metrics:write",
    tag,
    summary: "Take that back",
    status: 204,
    handle: (context, { params }) => markAnomaly(context, { ...params, expected: false }),
  }),
];
