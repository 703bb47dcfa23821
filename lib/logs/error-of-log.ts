import { ERROR_SEVERITY } from "./severity";
import { parseStack } from "./parse-stack";
import type { RawLog } from "./raw-log";

const PLATFORMS: Readonly<Record<string, string>> = { nodejs: "node", webjs: "javascript", dotnet: "csharp" };

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/**
 * The error event that a log line tells of, in the form that SDKs send; undefined where it tells of none: it must be of
 * severity ERROR or above and have the attributes `exception.type` or `exception.message`
 * (https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-logs/). Pure.
 */
export function errorOfLog(log: RawLog): object | undefined {
  const { attributes } = log;
  const attribute = (name: string) => textOf(Object.hasOwn(attributes, name) ? attributes[name] : undefined);
  const type = attribute("exception.type");
  const value = attribute("exception.message");
  if (log.severity < ERROR_SEVERITY || (type === undefined && value === undefined)) return undefined;
  const language = attribute("telemetry.sdk.language");
  const frames = parseStack(attribute("exception.stacktrace") ?? "");
  const extra = Object.fromEntries(Object.entries(attributes).filter(([key]) => !key.startsWith("exception.")));
  return {
    timestamp: log.ms === undefined ? undefined : log.ms / 1_000,
    platform: language === undefined ? "" : (PLATFORMS[language] ?? language),
    level: log.severity >= 21 ? "fatal" : "error",
    logger: attribute("otel.scope.name"),
    release: attribute("service.version"),
    environment: attribute("deployment.environment.name") ?? attribute("deployment.environment"),
    server_name: attribute("host.name"),
    // Not the message of the log: the exception names the event.
    extra: { ...extra, "log.message": log.message },
    tags: log.service === "" ? {} : { service: log.service },
    user: {
      id: attribute("user.id") ?? attribute("enduser.id"),
      email: attribute("user.email"),
      username: attribute("user.name"),
    },
    contexts: log.traceId === "" ? {} : { trace: { trace_id: log.traceId, span_id: log.spanId } },
    exception: { values: [{ type: type ?? "Error", value: value ?? "", stacktrace: { frames } }] },
  };
}
