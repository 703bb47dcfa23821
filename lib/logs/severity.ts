/** OpenTelemetry's severity numbers: four of each level, the first is the plain one. */
export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const ERROR_SEVERITY = 17;
const INFO_SEVERITY = 9;

/** The least severity number of a level. Pure. */
export const severityOf = (level: LogLevel): number => LOG_LEVELS.indexOf(level) * 4 + 1;

export const levelOf = (severity: number): LogLevel =>
  LOG_LEVELS[Math.min(5, Math.max(0, Math.ceil(severity / 4) - 1))] ?? "info";

const WORDS: readonly (readonly [word: RegExp, level: LogLevel])[] = [
  [/^(trace|verbose|silly|finest)/, "trace"],
  [/^(debug|fine)/, "debug"],
  [/^(info|notice|log|http)/, "info"],
  [/^warn/, "warn"],
  [/^(err|severe)/, "error"],
  [/^(fatal|crit|alert|emerg|panic)/, "fatal"],
];

/** A level as programs write it: a word, or the number of pino and bunyan (10 to 60). */
export function readSeverity(value: unknown): number {
  if (typeof value === "number")
    return value >= 10 ? severityOf(LOG_LEVELS[Math.min(5, Math.floor(value / 10) - 1)] ?? "info") : INFO_SEVERITY;
  const word = typeof value === "string" ? value.toLowerCase() : "";
  const level = WORDS.find(([pattern]) => pattern.test(word))?.[1];
  return level ? severityOf(level) : INFO_SEVERITY;
}
