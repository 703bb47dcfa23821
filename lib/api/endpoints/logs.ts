import { isUtf8 } from "node:buffer";
import { z } from "zod";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { listLogs, listLogsInput } from "@/lib/logs/list-logs";
import { decodeJsonLogs } from "@/lib/logs/otlp/decode-json";
import { decodeProtobufLogs } from "@/lib/logs/otlp/decode-protobuf";
import { toRawLog, type VisitLog } from "@/lib/logs/otlp/to-raw-log";
import type { RawLog } from "@/lib/logs/raw-log";
import { MAX_LINES, readItems, readJsonLog } from "@/lib/logs/receive-json";
import { isFullOfLogs, type LogRejection, receiveLogs } from "@/lib/logs/receive-logs";
import { DecodeFault } from "@/lib/metrics/otlp/protobuf";
import { overloaded } from "@/lib/metrics/writer/group-commit";
import type { ApiRequest } from "../api-request";
import { defineEndpoint } from "../define-endpoint";
import { logLine } from "../error-schemas";
import { createHeldBody } from "../held-body";
import { OTLP_TYPES, otlpAnswer, type OtlpBody, otlpFailure, readOtlpBody } from "../otlp-http";
import { authenticateByKey } from "../project-key-auth";
import { HttpFault } from "../respond";
import { list } from "../schemas";

const tag = "Logs";
const readBody = createHeldBody(8 * 1024 * 1024, 8);

/** The project of what names none itself: its number or name. */
const projectOf = (request: ApiRequest): string => request.headers.get("x-watchkeeper-project")?.trim() ?? "";

function admit(context: Context): void {
  if (isFullOfLogs(context)) throw overloaded("log lines");
}

export const logs = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/logs",
    scope: "read",
    tag,
    summary: "Search logs",
    query: listLogsInput,
    response: list(logLine),
    handle: (context, { query }) => listLogs(context, query),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/logs",
    scope: "logs:write",
    tag,
    summary: "Push lines of logs as JSON",
    description:
      'A list, `{ "logs": […] }` or JSON lines, as it is or packed by gzip, deflate or br; at most 8 MiB and 10,000 lines. A line has `timestamp`, `level`, `message`, `service`, `traceId`, `spanId`, `project` and `attributes`, or what pino, bunyan, winston and logstash call them; what else it has are attributes. A project\'s key is as good as a token. The header `X-Watchkeeper-Project` names the project of lines that name none.',
    contentTypes: ["application/json", "application/x-ndjson"],
    response: z.object({
      stored: z.int(),
      rejected: z.array(z.object({ count: z.int(), message: z.string() })),
    }),
    authenticate: authenticateByKey,
    admit,
    handle: async (context, { request }) => {
      const items = await readBody(request, (bytes) => readLines(bytes));
      const read = items.map(readJsonLog);
      const lines = read.filter((line) => line !== undefined);
      const refused = lines.length > 0 ? await receiveLogs(context, lines, projectOf(request)) : undefined;
      const unread = items.length - lines.length;
      const rejected: LogRejection[] = [
        ...(refused ? [refused] : []),
        ...(unread > 0 ? [{ count: unread, message: "must be an object or a text" }] : []),
      ];
      const stored = lines.length - (refused?.count ?? 0);
      if (stored === 0 && items.length > 0)
        throw new Problem("invalid", `No line was stored: ${rejected.map(({ message }) => message).join("; ")}.`);
      return { stored, rejected };
    },
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/otlp/v1/logs",
    scope: "logs:write",
    tag: "OpenTelemetry",
    summary: "Push logs by OTLP/HTTP",
    description:
      "An ExportLogsServiceRequest in protobuf or JSON, as it is or packed by gzip; at most 8 MiB unpacked. The answer and errors (google.rpc.Status) come in the request's encoding. Records of severity ERROR and above with `exception.*` attributes become error events too: of the project whose key was sent, that the resource attribute `watchkeeper.project` or the header `X-Watchkeeper-Project` names, or of one named Default.",
    contentTypes: OTLP_TYPES,
    response: z.object({
      partialSuccess: z
        .object({ rejectedLogRecords: z.string().meta({ description: "A whole number" }), errorMessage: z.string() })
        .optional()
        .meta({ description: "Only when something was rejected" }),
    }),
    answerFailure: otlpFailure,
    authenticate: authenticateByKey,
    admit,
    handle: async (context, { request }) => {
      const body = await readOtlpBody(request);
      const { records, faults } = decode(body);
      const refused = await receiveLogs(context, records, projectOf(request));
      const rejected = (refused?.count ?? 0) + faults.length;
      const reasons = [...(refused ? [refused.message] : []), ...new Set(faults.slice(0, 5))];
      return otlpAnswer(
        body.encoding,
        "rejectedLogRecords",
        rejected > 0 ? { rejected, message: reasons.join("; ") } : undefined,
      );
    },
  }),
];

/** @throws HttpFault 400, 413 */
function readLines(bytes: Buffer): readonly unknown[] {
  const items = isUtf8(bytes) ? readItems(bytes.toString("utf8")) : undefined;
  if (!items) throw new HttpFault(400, "The body is neither JSON nor JSON lines.");
  if (items.length > MAX_LINES)
    throw new HttpFault(413, `The body has more than ${MAX_LINES.toLocaleString("en")} lines.`);
  return items;
}

/** @throws HttpFault 400 when the frame around the records is broken */
function decode({ encoding, bytes }: OtlpBody): { records: RawLog[]; faults: string[] } {
  const records: RawLog[] = [];
  const faults: string[] = [];
  const visit: VisitLog = (source, read) => {
    try {
      records.push(toRawLog(source, read()));
    } catch (error) {
      if (!(error instanceof DecodeFault)) throw error;
      faults.push(error.message);
    }
  };
  try {
    if (encoding === "protobuf") decodeProtobufLogs(bytes, visit);
    else decodeJsonLogs(parseJson(bytes), visit);
  } catch (error) {
    if (!(error instanceof DecodeFault)) throw error;
    throw new HttpFault(400, `The body is no ExportLogsServiceRequest: ${error.message}.`);
  }
  return { records, faults };
}

function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new DecodeFault("it is not UTF-8");
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new DecodeFault("it is not JSON");
  }
}
