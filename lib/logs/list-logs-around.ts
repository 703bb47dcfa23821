import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { getEvent } from "@/lib/errors/events/get-event";
import { LOG_COLUMNS, type LogLine, toLogLine } from "./list-logs";

/** Why lines are shown beside an event. */
export type AroundReason = "same trace" | "same host and time" | "same project and time";

const TRACE_MS = 3_600_000;
const NEAR_MS = 30_000;
const MAX_LINES = 200;

interface Way {
  reason: AroundReason;
  where: string;
  value: string | number;
  withinMs: number;
}

/**
 * The lines of logs around an error event, the oldest first: those of its trace; where there are none those of its host, else
 * of its project, half a minute before and after.
 * @throws Problem forbidden, not-found
 */
export async function listLogsAround(
  context: Context,
  { eventId }: { eventId: string },
): Promise<{ reason: AroundReason; items: LogLine[] }> {
  authorize(context.actor, "read");
  const event = await getEvent(context, { id: eventId });
  const host = event.data.serverName;
  const ways: Way[] = [
    ...(event.traceId === null
      ? []
      : [{ reason: "same trace" as const, where: "trace_id = $3", value: event.traceId, withinMs: TRACE_MS }]),
    ...(host === undefined
      ? []
      : [
          {
            reason: "same host and time" as const,
            where: "attributes ->> 'host.name' = $3",
            value: host,
            withinMs: NEAR_MS,
          },
        ]),
    { reason: "same project and time", where: "project_id = $3", value: event.projectId, withinMs: NEAR_MS },
  ];
  for (const way of ways) {
    const items = await read(context, event.occurredAt, way);
    if (items.length > 0) return { reason: way.reason, items };
  }
  return { reason: ways[0]?.reason ?? "same project and time", items: [] };
}

/** Those nearest to the event, when there are more than are shown. */
async function read({ sql }: Context, at: Date, { where, value, withinMs }: Way): Promise<LogLine[]> {
  const { rows } = await sql.query(
    `SELECT * FROM (
       SELECT ${LOG_COLUMNS} FROM log_lines WHERE at BETWEEN $1 AND $2 AND ${where}
       ORDER BY abs(extract(epoch FROM at - $4::timestamptz)) LIMIT ${MAX_LINES}
     ) AS near ORDER BY at, id::bigint`,
    [new Date(at.getTime() - withinMs), new Date(at.getTime() + withinMs), value, at],
  );
  return rows.map(toLogLine);
}
