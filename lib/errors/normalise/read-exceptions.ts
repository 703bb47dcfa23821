import type { ExceptionData } from "../event";
import { readFrames } from "./read-frames";
import { asBool, asFields, asText, asValues, fieldOf, type Fields, isFields } from "./read-values";

/** Most exceptions of a chain; the last, which was caught, always stays. */
const MAX_EXCEPTIONS = 20;
const MAX_VALUE = 8_192;

/** The chain of exceptions, the cause first. Pure. */
export function readExceptions(event: Fields, platform: string): ExceptionData[] {
  const values = asValues(fieldOf(event, "exception")).filter(isFields);
  const exceptions = values.slice(-MAX_EXCEPTIONS).map((value) => readException(value, platform));
  return withThreadsFrames(exceptions, event, platform);
}

function readException(fields: Fields, platform: string): ExceptionData {
  const value = fieldOf(fields, "value");
  const mechanism = fieldOf(fields, "mechanism");
  const type = asText(fieldOf(fields, "type"), 512);
  const frames = readFrames(fieldOf(fields, "stacktrace") ?? fieldOf(fields, "raw_stacktrace"), platform);
  return {
    type: type ?? "Error",
    value: asText(value, MAX_VALUE) ?? (isFields(value) ? JSON.stringify(value).slice(0, MAX_VALUE) : ""),
    module: asText(fieldOf(fields, "module"), 512),
    mechanism: isFields(mechanism) ? readMechanism(mechanism) : undefined,
    frames,
  };
}

const readMechanism = (fields: Fields): ExceptionData["mechanism"] => ({
  type: asText(fieldOf(fields, "type"), 100),
  handled: asBool(fieldOf(fields, "handled")),
  synthetic: asBool(fieldOf(fields, "synthetic")),
});

/** Native SDKs have the stack of a crash at the thread that crashed, and SDKs of age at the event itself. */
function withThreadsFrames(exceptions: ExceptionData[], event: Fields, platform: string): ExceptionData[] {
  const main = exceptions.at(-1);
  if (!main || main.frames.length > 0) return exceptions;
  const threads = asValues(fieldOf(event, "threads")).map(asFields);
  const crashed =
    threads.find((thread) => fieldOf(thread, "crashed") === true) ??
    threads.find((thread) => fieldOf(thread, "current") === true);
  const frames = readFrames(fieldOf(crashed ?? event, "stacktrace"), platform);
  return [...exceptions.slice(0, -1), { ...main, frames }];
}
