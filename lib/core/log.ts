import { pino } from "pino";

/** What the code logs with: one JSON line an event on standard output. Never hand it a secret. */
export type Logger = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

export function createLogger(level: string, process: string): Logger {
  return pino({ level, base: { process }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } });
}

export const SILENT: Logger = pino({ level: "silent" });
