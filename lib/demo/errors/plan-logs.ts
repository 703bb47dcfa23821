import type { RawLog } from "@/lib/logs/raw-log";
import { type LogLevel, severityOf } from "@/lib/logs/severity";
import type { DemoProject } from "./demo-error";
import { DEMO_PROJECTS } from "./index";
import type { DemoEvent } from "./plan-events";
import { type Random, below, oneOf, randomOf } from "./random";
import { traceOf } from "./to-payload";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;

export interface DemoLine {
  project: DemoProject;
  line: RawLog;
}

type Fields = Record<string, string | number>;

function lineOf(
  project: DemoProject,
  ms: number,
  level: LogLevel,
  message: string,
  attributes: Fields,
  traceId = "",
): DemoLine {
  const { program, server } = project;
  return {
    project,
    line: {
      ms: Math.floor(ms),
      severity: severityOf(level),
      service: program,
      message,
      attributes: { "host.name": server ?? program, ...attributes },
      traceId,
      spanId: traceId.slice(0, 16),
      project: "",
    },
  };
}

const hasLogs = ({ server }: DemoProject): boolean => server !== undefined;

/** What a service wrote around an error of its own. Pure. */
export function linesAround({ project, error, at, ...event }: DemoEvent): DemoLine[] {
  if (!hasLogs(project)) return [];
  const traceId = traceOf({ project, error, ...event });
  const line = (afterMs: number, level: LogLevel, message: string, attributes: Fields = {}) =>
    lineOf(project, at.getTime() + afterMs, level, message, attributes, traceId);
  const what = error.transaction;
  const isRequest = what.includes(" /");
  const failed = `${error.type}: ${error.value.replaceAll("#", "…")}`;
  return [
    line(-310, "info", isRequest ? `${what} began` : `${what} started`),
    line(-220, "debug", "session found", { "db.statement": "SELECT … FROM sessions WHERE id = $1" }),
    line(0, error.level === "warning" ? "warn" : "error", failed, { "exception.type": error.type }),
    isRequest
      ? line(4, error.isHandled ? "info" : "error", `${what} answered ${error.isHandled ? 200 : 500} in 314 ms`, {
          status: error.isHandled ? 200 : 500,
        })
      : line(4, "warn", `${what} failed; it is tried again in 5 min`, { attempt: 1 }),
  ];
}

const REQUESTS = ["GET /products/walnut-desk", "GET /cart", "POST /cart/items", "GET /orders", "GET /health"] as const;

/** What goes on while nothing breaks: much of the last day, little of the time before. Pure. */
export function usualLines({ from, now }: { from: Date; now: Date }): DemoLine[] {
  return DEMO_PROJECTS.filter(hasLogs).flatMap((project) => {
    const random = randomOf(`logs ${project.key}`);
    const lines: DemoLine[] = [];
    const recent = now.getTime() - DAY_MS;
    for (let ms = from.getTime(); ms < now.getTime() - MINUTE_MS; ms += ms < recent ? 30 * MINUTE_MS : 2 * MINUTE_MS)
      lines.push(usualLine(project, ms + random() * MINUTE_MS, random));
    return lines;
  });
}

function usualLine(project: DemoProject, ms: number, random: Random): DemoLine {
  const took = 8 + below(random, 90);
  const chance = random();
  if (chance < 0.06) return lineOf(project, ms, "warn", `slow query: ${400 + took * 9} ms`, { "db.rows": took * 31 });
  if (chance < 0.2) return lineOf(project, ms, "debug", "pool: 4 of 20 connections are in use", { "pool.idle": 16 });
  if (project.platform === "java")
    return lineOf(project, ms, "info", `stock copied: ${took * 7} rows in ${took} s`, { rows: took * 7 });
  return lineOf(project, ms, "info", `${oneOf(random, REQUESTS)} answered 200 in ${took} ms`, { status: 200 });
}
