import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Page, decodeCursor, page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import { notFound } from "@/lib/core/parse-id";
import { incidentKey } from "../incident-key";
import { ACTION_FIELDS, type ActionItem, dayOf, toActionItem } from "./action-item";

export const ACTION_FILTERS = ["open", "overdue", "done", "all"] as const;

export const listActionsInput = z.strictObject({
  show: z.enum(ACTION_FILTERS, `must be one of ${ACTION_FILTERS.join(", ")}`).default("open"),
  owner: z.uuid("must be the id of a user").optional().meta({ description: "The id of who has it." }),
  ...page,
});
const keys = z.tuple([z.int(), z.iso.date(), z.iso.datetime(), z.uuid()]);

/** Sorts behind every day. */
const NEVER = "9999-12-31";

/** Action items of all incidents: the open ones by the day they are due, then those that are done. @throws Problem forbidden, invalid */
export async function listActions(
  context: Context,
  input: z.input<typeof listActionsInput> = {},
): Promise<Page<ActionItem>> {
  authorize(context.actor, "read");
  const { show, owner, limit, cursor } = parseInput(listActionsInput, input, "The query");
  const after = cursor === undefined ? [null, null, null, null] : decodeCursor(keys, cursor);
  const now = context.now();
  const { rows } = await context.sql.query<{ id: string }>(LIST, [
    show,
    dayOf(now),
    owner ?? null,
    limit + 1,
    ...after,
  ]);
  const items = await context.db.incidentAction.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    select: ACTION_FIELDS,
  });
  const byId = new Map(items.map((row) => [row.id, toActionItem(row, now)]));
  // One that was deleted in between is left out.
  const found = rows.flatMap(({ id }) => byId.get(id) ?? []);
  return toPage(found, limit, ({ doneAt, dueOn, createdAt, id }) => [
    doneAt === null ? 0 : 1,
    dueOn ?? NEVER,
    createdAt.toISOString(),
    id,
  ]);
}

const LIST = `
  SELECT id FROM incident_actions
  WHERE CASE $1 WHEN 'open' THEN done_at IS NULL WHEN 'overdue' THEN done_at IS NULL AND due_on < $2::date WHEN 'done' THEN done_at IS NOT NULL ELSE true END
    AND ($3::uuid IS NULL OR owner_id = $3)
    AND ($8::uuid IS NULL OR ((done_at IS NOT NULL)::int, coalesce(due_on, '${NEVER}'), created_at, id) > ($5::int, $6::date, $7::timestamptz, $8::uuid))
  ORDER BY done_at IS NOT NULL, coalesce(due_on, '${NEVER}'), created_at, id LIMIT $4`;

/** An incident's action items, in the order they were added. @param id the incident's, or its number @throws Problem forbidden, not-found */
export async function listIncidentActions(context: Context, { id }: { id: string }): Promise<ActionItem[]> {
  authorize(context.actor, "read");
  const incident = await context.db.incident.findUnique({
    where: incidentKey(id),
    select: { actions: { orderBy: [{ createdAt: "asc" }, { id: "asc" }], select: ACTION_FIELDS } },
  });
  if (!incident) throw notFound("incident");
  return incident.actions.map((row) => toActionItem(row, context.now()));
}

/** How many action items are open, and how many of them overdue. @throws Problem forbidden */
export async function countActions(context: Context): Promise<{ open: number; overdue: number }> {
  authorize(context.actor, "read");
  const { rows } = await context.sql.query<{ open: number; overdue: number }>(
    `SELECT count(*)::int AS open, count(*) FILTER (WHERE due_on < $1::date)::int AS overdue FROM incident_actions WHERE done_at IS NULL`,
    [dayOf(context.now())],
  );
  return rows[0] ?? { open: 0, overdue: 0 };
}
