import type { Attribute } from "@/lib/metrics/otlp/attributes";
import { SCOPE_LABEL } from "@/lib/metrics/otlp/attributes";
import { readSeverity } from "../severity";
import type { RawLog } from "../raw-log";

type Attributes = Readonly<Record<string, Attribute>>;

/** An OTLP LogRecord as both encodings are read into. */
export interface LogRecord {
  ms: number | undefined;
  observedMs: number | undefined;
  severityNumber: number;
  severityText: string;
  body: Attribute;
  attributes: Attributes;
  /** Hex. */
  traceId: string;
  spanId: string;
  eventName: string;
}

/** What the records of a scope share. */
export interface LogSource {
  resource: Attributes;
  scope: string;
}

/** Takes the records of a request as a decoder meets them; `decode` may throw a DecodeFault, which costs this record alone. */
export type VisitLog = (source: LogSource, decode: () => LogRecord) => void;

/** What tells a process from another and nothing of the line. */
const LEFT_OUT =
  /^(telemetry\.sdk\.(name|version)$|process\.(command|runtime|executable|owner)|service\.name$|watchkeeper\.project$)/;

/** Pure. */
export function toRawLog({ resource, scope }: LogSource, record: LogRecord): RawLog {
  const about = Object.entries(resource).filter(([key]) => !LEFT_OUT.test(key));
  return {
    ms: record.ms ?? record.observedMs,
    severity:
      record.severityNumber >= 1 && record.severityNumber <= 24
        ? record.severityNumber
        : readSeverity(record.severityText),
    service: textOf(resource["service.name"] ?? null),
    message: textOf(record.body) || record.eventName,
    attributes: Object.fromEntries([
      ...about,
      ...(scope === "" ? [] : [[SCOPE_LABEL, scope] as const]),
      ...(record.eventName === "" ? [] : [["event.name", record.eventName] as const]),
      ...Object.entries(record.attributes),
    ]),
    traceId: record.traceId,
    spanId: record.spanId,
    project: textOf(resource["watchkeeper.project"] ?? null),
  };
}

const textOf = (value: Attribute): string =>
  value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
