import { pino } from "pino";

/** What the code logs with: one JSON line an event on standard output (or `fd`). Never hand it a secret. */
export type Logger = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

export function createLogger(level: string, process: string, fd = 1): Logger {
  const options = {
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, pino.destination({ dest: fd, sync: true }));
}

export const SILENT: Logger = pino({ level: "silent" });
