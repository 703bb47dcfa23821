import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Page, decodeCursor, page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import { Prisma } from "@/lib/db/generated/client";
import { type Check, toCheck } from "./check";
import { displayedStateSql } from "./count-check-states";
import { DISPLAYED_STATES } from "./displayed-state";
import { readWatch } from "./watch";
import { worstFirstSql } from "./worst-first";

/** What narrows a list of checks, and its order. */
export const checkFilter = z.object({
  query: z.string().trim().max(200).optional().meta({ description: "Words in the label, the key or the type." }),
  status: z.enum(DISPLAYED_STATES).optional().meta({ description: "The state that the dashboard shows." }),
  type: z.string().max(64).optional().meta({ description: "The kind of check." }),
  sort: z
    .enum(["label", "worst"])
    .default("label")
    .meta({ description: "By label, or the worst state first, and among those in trouble the longest." }),
  ...page,
});

const cursorKeys = z.tuple([z.int(), z.number(), z.string(), z.uuid()]);
/** By label alone. */
const SAME = { rank: Prisma.sql`0`, sinceMs: Prisma.sql`0::float8` };

interface Ranked {
  id: string;
  rank: number;
  sinceMs: number;
}

/**
 * Checks by label or worst first, a page at a time.
 * @throws Problem forbidden, invalid
 */
export async function listChecks(context: Context, input: unknown = {}): Promise<Page<Check>> {
  authorize(context.actor, "read");
  const { query, status, type, sort, cursor, limit } = parseInput(checkFilter, input, "The filter");
  const state = displayedStateSql(context.now(), await readWatch(context));
  const { rank, sinceMs } = sort === "worst" ? worstFirstSql(state) : SAME;
  const conditions = [Prisma.sql`true`];
  for (const word of query?.split(/\s+/).filter(Boolean) ?? []) {
    const pattern = `%${word.replaceAll(/[%_\\]/g, (special) => `\\${special}`)}%`;
    conditions.push(Prisma.sql`(c.label ILIKE ${pattern} OR c.key ILIKE ${pattern} OR c.type ILIKE ${pattern})`);
  }
  if (type) conditions.push(Prisma.sql`c.type = ${type}`);
  if (status) conditions.push(Prisma.sql`${state} = ${status}`);
  const after = cursor && decodeCursor(cursorKeys, cursor);
  const rest = after
    ? Prisma.sql`(rank, since_ms, label, id) > (${after[0]}, ${after[1]}::float8, ${after[2]}, ${after[3]}::uuid)`
    : Prisma.sql`true`;
  // The ids by SQL (Prisma has no CASE), the rows by the model: both are one page long.
  const ranked = await context.db.$queryRaw<Ranked[]>`
    SELECT id, rank, since_ms AS "sinceMs" FROM (
      SELECT c.id, c.label, (${rank})::int AS rank, ${sinceMs} AS since_ms FROM health_checks c
      WHERE ${Prisma.join(conditions, " AND ")}
    ) ranked
    WHERE ${rest} ORDER BY rank, since_ms, label, id LIMIT ${limit + 1}`;
  const rows = await context.db.healthCheck.findMany({ where: { id: { in: ranked.map(({ id }) => id) } } });
  const byId = new Map(rows.map((row) => [row.id, toCheck(row)]));
  const found = ranked.flatMap(({ id, rank, sinceMs }) => {
    const check = byId.get(id);
    // One that was deleted between the two queries is left out.
    return check ? [{ check, rank, sinceMs }] : [];
  });
  const { items, next } = toPage(found, limit, ({ check, rank, sinceMs }) => [rank, sinceMs, check.label, check.id]);
  return { items: items.map(({ check }) => check), next };
}
