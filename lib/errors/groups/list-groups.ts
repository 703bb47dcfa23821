import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { decodeCursor, page, type Page, toPage } from "@/lib/core/cursor";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { assertNoFaults } from "@/lib/core/query-tokens";
import { isStorable } from "@/lib/core/storable";
import type { ErrorGroup } from "./group";
import { parseQuery, type Term } from "./parse-query";
import { createParams, toCondition } from "./query-sql";

export const GROUP_SORTS = ["last-seen", "first-seen", "events", "users"] as const;
export type GroupSort = (typeof GROUP_SORTS)[number];

export const listGroupsInput = z.strictObject({
  query: z
    .string()
    .trim()
    .max(500, "must have at most 500 characters")
    .refine(isStorable, "must not hold a null character or half of a surrogate pair")
    .default("")
    .meta({
      description:
        "`is:unresolved level:error release:1.2 user.email:x some words`; also is:resolved, is:ignored, is:regressed, is:assigned, is:unassigned, project:, assigned:me, has:, events:>100, users:>10 and tags; `!` before a term means not.",
    }),
  project: z.coerce.number().int().min(1).max(2_147_483_647).optional().meta({ description: "A project's number." }),
  sort: z.enum(GROUP_SORTS, `must be one of ${GROUP_SORTS.join(", ")}`).default("last-seen"),
  ...page,
});

const SORTS: Record<GroupSort, { column: string; type: string; keyOf: (group: ErrorGroup) => string | number }> = {
  "last-seen": { column: "g.last_seen_at", type: "timestamptz", keyOf: ({ lastSeenAt }) => lastSeenAt.toISOString() },
  "first-seen": {
    column: "g.first_seen_at",
    type: "timestamptz",
    keyOf: ({ firstSeenAt }) => firstSeenAt.toISOString(),
  },
  events: { column: "g.event_count", type: "bigint", keyOf: ({ eventCount }) => eventCount },
  users: { column: "g.user_count", type: "int", keyOf: ({ userCount }) => userCount },
};
const keys = z.tuple([z.union([z.iso.datetime(), z.int()]), z.uuid()]);

/** An ErrorGroup, in one statement: by Prisma's models it would be four. */
const COLUMNS = `
  g.id, g.type, g.value, g.culprit, g.level, g.status, g.first_seen_at AS "firstSeenAt", g.last_seen_at AS "lastSeenAt",
  g.event_count::float8 AS "eventCount", g.user_count AS "userCount", g.first_release AS "firstRelease",
  g.last_release AS "lastRelease", g.resolved_at AS "resolvedAt", g.resolved_after AS "resolvedAfter",
  g.ignored_until AS "ignoredUntil", g.ignored_until_count::float8 AS "ignoredUntilCount", g.regressed_at AS "regressedAt",
  g.incident_id AS "incidentId", g.created_at AS "createdAt", json_build_object('id', p.id, 'name', p.name) AS project,
  CASE WHEN a.id IS NOT NULL THEN json_build_object('id', a.id, 'name', a.name, 'email', a.email) END AS assignee`;

/** Errors by what is searched, the greatest first. @throws Problem forbidden, invalid with each fault of the query at its place */
export async function listGroups(
  context: Context,
  input: z.input<typeof listGroupsInput> = {},
): Promise<Page<ErrorGroup>> {
  authorize(context.actor, "read");
  const { query, project, sort, limit, cursor } = parseInput(listGroupsInput, input, "The query");
  const terms = readTerms(query);
  const { column, type, keyOf } = SORTS[sort];
  const params = createParams();
  const { actor, sql } = context;
  const asker = { userId: actor.kind === "user" ? actor.id : null };
  const where = terms.map((term) => toCondition(term, params, asker));
  if (project !== undefined) where.push(`g.project_id = ${params.add(project)}`);
  if (cursor !== undefined) {
    const [after, id] = decodeCursor(keys, cursor);
    if ((type === "timestamptz") !== (typeof after === "string"))
      throw new Problem("invalid", "This is not a cursor of this list.", [
        { path: "cursor", message: "is of another list" },
      ]);
    where.push(`(${column}, g.id) < (${params.add(after)}::${type}, ${params.add(id)}::uuid)`);
  }
  const { rows } = await sql.query<ErrorGroup>(
    `SELECT ${COLUMNS} FROM error_groups g JOIN projects p ON p.id = g.project_id LEFT JOIN users a ON a.id = g.assignee_id
     ${where.length > 0 ? `WHERE ${where.join(" AND ")}` : ""}
     ORDER BY ${column} DESC, g.id DESC LIMIT ${limit + 1}`,
    params.values,
  );
  return toPage(rows, limit, (group) => [keyOf(group), group.id]);
}

/** @throws Problem invalid */
function readTerms(query: string): Term[] {
  const { terms, faults } = parseQuery(query);
  assertNoFaults(query, faults);
  return terms;
}

/** How many errors there are of each status. @throws Problem forbidden */
export async function countGroups(context: Context): Promise<Record<ErrorGroup["status"], number>> {
  authorize(context.actor, "read");
  const rows = await context.db.errorGroup.groupBy({ by: ["status"], _count: { _all: true } });
  const counts = { open: 0, resolved: 0, ignored: 0 };
  for (const { status, _count } of rows) counts[status] = _count._all;
  return counts;
}
