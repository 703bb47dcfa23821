import type { LogFilter } from "@/app/_dal/errors";

/** The filter of the logs as the address says it: what is usual is left out. */
export function logQuery({ query, level, range, trace, project, around }: Partial<LogFilter>): Record<string, string> {
  return {
    ...(query && { query }),
    ...(level !== undefined && { level }),
    ...(range !== undefined && range !== "24h" && { range }),
    ...(trace !== undefined && { trace }),
    ...(project !== undefined && { project: String(project) }),
    ...(around !== undefined && { around }),
  };
}

export function logAddress(filter: Partial<LogFilter>): string {
  const words = new URLSearchParams(logQuery(filter)).toString();
  return words ? `/logs?${words}` : "/logs";
}
