import { readTime } from "@/lib/errors/normalise/read-time";
import { asFields, asNumber, asText, fieldOf, type Fields, isFields } from "@/lib/errors/normalise/read-values";
import type { RawLog } from "./raw-log";
import { readSeverity } from "./severity";

/** Most lines of one request. */
export const MAX_LINES = 10_000;

/** The names that programs have for the same thing; what is none of these is an attribute. */
const NAMES = {
  time: ["timestamp", "time", "@timestamp", "ts", "at", "date"],
  level: ["level", "severity", "lvl", "severityText", "severity_text"],
  message: ["message", "msg", "body", "text"],
  service: ["service", "service.name", "app", "name"],
  traceId: ["traceId", "trace_id", "trace.id", "traceID"],
  spanId: ["spanId", "span_id", "span.id"],
  project: ["project"],
} as const;
const KNOWN = new Set<string>([...Object.values(NAMES).flat(), "severityNumber", "severity_number", "attributes"]);

/** A line as a program writes it: an object of whatever logger, or a text alone. Undefined when it is neither. Pure. */
export function readJsonLog(item: unknown): RawLog | undefined {
  if (typeof item === "string") return { ...NOTHING, message: item };
  if (!isFields(item)) return undefined;
  const pick = (names: readonly string[]) =>
    names.map((name) => fieldOf(item, name)).find((value) => value !== undefined);
  const text = (names: readonly string[]) => asText(pick(names), 20_000) ?? "";
  const severity = asNumber(fieldOf(item, "severityNumber") ?? fieldOf(item, "severity_number"));
  return {
    ms: readTime(pick(NAMES.time))?.getTime(),
    severity:
      severity !== undefined && Number.isInteger(severity) && severity >= 1 && severity <= 24
        ? severity
        : readSeverity(pick(NAMES.level)),
    service: text(NAMES.service),
    message: text(NAMES.message),
    attributes: attributesOf(item),
    traceId: text(NAMES.traceId),
    spanId: text(NAMES.spanId),
    project: text(NAMES.project),
  };
}

const NOTHING: RawLog = {
  ms: undefined,
  severity: 9,
  service: "",
  message: "",
  attributes: {},
  traceId: "",
  spanId: "",
  project: "",
};

/** What the line says besides; an error that a logger has written out (`err: { type, message, stack }`) is OpenTelemetry's exception. */
function attributesOf(item: Fields): Record<string, unknown> {
  const others = Object.entries(item).filter(([key]) => !KNOWN.has(key));
  const error = [fieldOf(item, "err"), fieldOf(item, "error"), fieldOf(item, "exception")].find(isFields);
  const exception = error && {
    "exception.type": asText(fieldOf(error, "type") ?? fieldOf(error, "name"), 512),
    "exception.message": asText(fieldOf(error, "message"), 8_192),
    "exception.stacktrace": asText(fieldOf(error, "stack") ?? fieldOf(error, "stacktrace"), 100_000),
  };
  return { ...Object.fromEntries(others), ...exception, ...asFields(fieldOf(item, "attributes")) };
}

/** The items of a body: a list, `{ "logs": […] }`, one object, or JSON lines. Undefined where it is none of these. Pure. */
export function readItems(text: string): readonly unknown[] | undefined {
  const whole = parseJson(text);
  if (Array.isArray(whole)) return whole;
  if (isFields(whole)) {
    const logs = fieldOf(whole, "logs");
    return Array.isArray(logs) ? logs : [whole];
  }
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const items = lines.map(parseJson);
  return items.some((item) => item !== undefined) ? items : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
