import type { Attribute } from "@/lib/metrics/otlp/attributes";
import { child, objects, readAnyValue, readKeyValues } from "@/lib/metrics/otlp/decode-json";
import { type JsonObject, readInteger, readList, readObject, readString } from "@/lib/metrics/otlp/json-fields";
import { toMs } from "@/lib/metrics/otlp/model";
import type { LogRecord, VisitLog } from "./to-raw-log";

/**
 * Reads an ExportLogsServiceRequest in its JSON form, record by record.
 * @throws DecodeFault when the frame around the records is not what it should be
 */
export function decodeJsonLogs(body: unknown, visit: VisitLog): void {
  for (const resourceLogs of objects(readObject(body, "the body"), "resourceLogs")) {
    const resource = attributesOf(child(resourceLogs, "resource"));
    for (const scopeLogs of objects(resourceLogs, "scopeLogs")) {
      const source = { resource, scope: readString(child(scopeLogs, "scope"), "name") };
      for (const record of readList(scopeLogs, "logRecords"))
        visit(source, () => readRecord(readObject(record, "a log record")));
    }
  }
}

const attributesOf = (json: JsonObject): Record<string, Attribute> =>
  Object.fromEntries(readKeyValues(readList(json, "attributes"), 0));

const readRecord = (json: JsonObject): LogRecord => ({
  ms: toMs(readInteger(json, "timeUnixNano")),
  observedMs: toMs(readInteger(json, "observedTimeUnixNano")),
  severityNumber: readInteger(json, "severityNumber"),
  severityText: readString(json, "severityText"),
  body: json["body"] == null ? null : readAnyValue(json["body"], 0),
  attributes: attributesOf(json),
  traceId: readString(json, "traceId"),
  spanId: readString(json, "spanId"),
  eventName: readString(json, "eventName"),
});
