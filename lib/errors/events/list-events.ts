import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { decodeCursor, page, type Page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import { parseId } from "@/lib/core/parse-id";
import type { Level } from "../event";
import { readGroup } from "../groups/group";

export const listEventsInput = z.strictObject(page);
const keys = z.tuple([z.iso.datetime(), z.uuid()]);

/** One occurrence of an error, as a line of a list. */
export interface EventLine {
  id: string;
  groupId: string;
  occurredAt: Date;
  level: Level;
  release: string;
  environment: string;
  userKey: string | null;
  traceId: string | null;
  /** What it said: of one group events differ in it. */
  title: string;
}

/** `data` is what is large: of it one text is read. */
export const EVENT_COLUMNS = `
  id, group_id AS "groupId", occurred_at AS "occurredAt", level, release, environment, user_key AS "userKey",
  trace_id AS "traceId", left(coalesce(data #>> '{exceptions,-1,value}', data #>> '{message,text}', ''), 500) AS title`;

/** The events of an error that are still kept, the latest first. @throws Problem forbidden, invalid, not-found */
export async function listEvents(
  context: Context,
  { id, ...input }: { id: string; limit?: number; cursor?: string },
): Promise<Page<EventLine>> {
  authorize(context.actor, "read");
  const groupId = parseId(id, "error");
  const { limit, cursor } = parseInput(listEventsInput, input, "The query");
  const [before = null, beforeId = null] = cursor === undefined ? [] : decodeCursor(keys, cursor);
  const { rows } = await context.sql.query<EventLine>(
    `SELECT ${EVENT_COLUMNS} FROM error_events
     WHERE group_id = $1 AND ($2::timestamptz IS NULL OR (occurred_at, id) < ($2, $3::uuid))
     ORDER BY occurred_at DESC, id DESC LIMIT $4`,
    [groupId, before, beforeId, limit + 1],
  );
  // Only an answer of nothing may be about an error that there is not.
  if (rows.length === 0) await readGroup(context, groupId);
  return toPage(rows, limit, ({ occurredAt, id: eventId }) => [occurredAt.toISOString(), eventId]);
}
