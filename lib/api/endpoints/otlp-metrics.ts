import { isUtf8 } from "node:buffer";
import { z } from "zod";
import { decodeJson } from "@/lib/metrics/otlp/decode-json";
import { decodeProtobuf } from "@/lib/metrics/otlp/decode-protobuf";
import { DecodeFault } from "@/lib/metrics/otlp/protobuf";
import { receiveMetrics } from "@/lib/metrics/otlp/receive-metrics";
import type { VisitPoint } from "@/lib/metrics/otlp/model";
import { assertRoomForSamples } from "@/lib/metrics/write-samples";
import { defineEndpoint } from "../define-endpoint";
import { OTLP_TYPES, otlpAnswer, type OtlpBody, otlpFailure, readOtlpBody } from "../otlp-http";
import { HttpFault } from "../respond";

export const otlpMetrics = defineEndpoint({
  method: "POST",
  path: "/api/otlp/v1/metrics",
  scope: "metrics:write",
  tag: "OpenTelemetry",
  summary: "Push metrics by OTLP/HTTP",
  description:
    "An ExportMetricsServiceRequest in protobuf or JSON, as it is or packed by gzip; at most 8 MiB unpacked and 50,000 data points. The answer and errors (google.rpc.Status) come in the request's encoding. Data points that can't be stored are counted and told of in `partialSuccess`; the others are stored. docs/metrics.md says what becomes of which.",
  contentTypes: OTLP_TYPES,
  response: z.object({
    partialSuccess: z
      .object({
        rejectedDataPoints: z.string().meta({ description: "A whole number" }),
        errorMessage: z.string(),
      })
      .optional()
      .meta({ description: "Only when something was rejected" }),
  }),
  answerFailure: otlpFailure,
  admit: assertRoomForSamples,
  handle: async (context, { request }) => {
    const body = await readOtlpBody(request);
    try {
      const rejection = await receiveMetrics(context, (visit) => decode(body, visit));
      const partial = rejection && { rejected: rejection.dataPoints, message: rejection.message };
      return otlpAnswer(body.encoding, "rejectedDataPoints", partial);
    } catch (error) {
      if (!(error instanceof DecodeFault)) throw error;
      throw new HttpFault(400, `The body is no ExportMetricsServiceRequest: ${error.message}.`);
    }
  },
});

function decode({ encoding, bytes }: OtlpBody, visit: VisitPoint): void {
  if (encoding === "protobuf") decodeProtobuf(bytes, visit);
  else decodeJson(parseJson(bytes), visit);
}

function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new DecodeFault("it is not UTF-8");
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new DecodeFault("it is not JSON");
  }
}
