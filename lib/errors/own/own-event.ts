import { messageOf } from "@/lib/core/errors";
import { parseStack } from "@/lib/logs/parse-stack";

const MAX_CAUSES = 10;

/** What was logged as an error: its fields and its sentence. */
export interface LoggedError {
  fields: Readonly<Record<string, unknown>>;
  message: string;
}

/** Who reports. */
interface Reporter {
  process: string;
  host: string;
}

/**
 * An error of the product itself in the form that SDKs send. Pure.
 * @param thrown an exception that nobody caught, or an error as it was logged
 */
export function ownEvent(
  thrown: { uncaught: unknown } | { logged: LoggedError },
  { process, host }: Reporter,
  at: Date,
): object {
  const base = { timestamp: at.toISOString(), platform: "node", server_name: host, tags: { process } };
  if ("uncaught" in thrown)
    return {
      ...base,
      level: "fatal",
      exception: { values: exceptionsOf(thrown.uncaught, { type: "uncaught", handled: false }) },
    };
  const { fields, message } = thrown.logged;
  const { err, error, ...extra } = fields;
  const caught = [err, error].find((one) => one instanceof Error);
  if (caught)
    return {
      ...base,
      level: "error",
      extra: { ...extra, log: message },
      exception: { values: exceptionsOf(caught, { type: "logged", handled: true }) },
    };
  // The sentence is what the same error has in common; what it was about differs.
  const detail = typeof error === "string" && error !== "" ? `: ${error}` : "";
  return { ...base, level: "error", extra, logentry: { message, formatted: `${message}${detail}` } };
}

/** The causes first. */
function exceptionsOf(error: unknown, mechanism: object): object[] {
  const chain: object[] = [];
  let one = error;
  for (let depth = 0; one !== undefined && one !== null && depth < MAX_CAUSES; depth += 1) {
    const stack = one instanceof Error ? (one.stack ?? "") : "";
    chain.unshift({
      type: one instanceof Error ? one.name : "Error",
      value: messageOf(one),
      stacktrace: { frames: parseStack(stack) },
      ...(depth === 0 && { mechanism }),
    });
    one = one instanceof Error ? one.cause : undefined;
  }
  return chain;
}
