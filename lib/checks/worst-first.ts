import { Prisma } from "@/lib/db/generated/client";
import type { DisplayedState } from "./displayed-state";

/** From what needs somebody most to what needs nobody. */
const WORST_FIRST: readonly DisplayedState[] = [
  "failed",
  "crashed",
  "warning",
  "stale",
  "unknown",
  "ok",
  "maintenance",
  "paused",
];

const IN_TROUBLE: readonly DisplayedState[] = ["failed", "crashed", "warning"];

/**
 * The one order "worst first", as two sort keys that label and id follow: the worse state, and of those in trouble the one
 * that has been so for longer.
 * @param state an expression over the row `c` of health_checks that gives what is shown of it
 * @returns `rank`, an int, and `sinceMs`, a whole float8; neither is ever null
 */
export function worstFirstSql(state: Prisma.Sql): { rank: Prisma.Sql; sinceMs: Prisma.Sql } {
  return {
    rank: Prisma.sql`array_position(${[...WORST_FIRST]}::text[], ${state})`,
    sinceMs: Prisma.sql`CASE WHEN ${state} = ANY(${[...IN_TROUBLE]}::text[])
      THEN coalesce(round(extract(epoch FROM c.status_since) * 1000), 0) ELSE 0 END::float8`,
  };
}
