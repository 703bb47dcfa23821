import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { notFound, parseId } from "@/lib/core/parse-id";
import { type EventData, eventData } from "../event";
import { EVENT_COLUMNS, type EventLine } from "./list-events";

export interface ErrorEvent extends EventLine {
  projectId: number;
  receivedAt: Date;
  data: EventData;
  /** The one before of the same error; null at the beginning of what is kept. */
  previousId: string | null;
  nextId: string | null;
}

type Row = Omit<ErrorEvent, "data" | "previousId" | "nextId"> & { data: unknown };

const COLUMNS = `${EVENT_COLUMNS}, project_id AS "projectId", received_at AS "receivedAt", data`;

/** One occurrence of an error with all that is kept of it. @throws Problem forbidden, not-found */
export async function getEvent(context: Context, { id }: { id: string }): Promise<ErrorEvent> {
  authorize(context.actor, "read");
  // By the projects, since the key begins with theirs.
  const { rows } = await context.sql.query<Row>(
    `SELECT ${COLUMNS} FROM error_events WHERE project_id = ANY(ARRAY(SELECT id FROM projects)) AND id = $1
     ORDER BY occurred_at DESC LIMIT 1`,
    [parseId(id, "event")],
  );
  const [row] = rows;
  if (!row) throw notFound("event");
  return withNeighbours(context, row);
}

/** The latest event of an error; null when none of them is kept any more. @throws Problem forbidden, not-found */
export async function getLatestEvent(context: Context, { groupId }: { groupId: string }): Promise<ErrorEvent | null> {
  authorize(context.actor, "read");
  const { rows } = await context.sql.query<Row>(
    `SELECT ${COLUMNS} FROM error_events WHERE group_id = $1 ORDER BY occurred_at DESC, id DESC LIMIT 1`,
    [parseId(groupId, "error")],
  );
  const [row] = rows;
  return row ? withNeighbours(context, row) : null;
}

const neighbour = (comparison: "<" | ">", direction: "DESC" | "ASC") => `
  (SELECT id FROM error_events WHERE group_id = $1 AND (occurred_at, id) ${comparison} ($2::timestamptz, $3::uuid)
   ORDER BY occurred_at ${direction}, id ${direction} LIMIT 1)`;
const NEIGHBOURS = `SELECT ${neighbour("<", "DESC")} AS "previousId", ${neighbour(">", "ASC")} AS "nextId"`;

async function withNeighbours({ sql }: Context, row: Row): Promise<ErrorEvent> {
  const { rows } = await sql.query<{ previousId: string | null; nextId: string | null }>(NEIGHBOURS, [
    row.groupId,
    row.occurredAt,
    row.id,
  ]);
  const [{ previousId, nextId } = { previousId: null, nextId: null }] = rows;
  return { ...row, data: eventData.parse(row.data), previousId, nextId };
}
