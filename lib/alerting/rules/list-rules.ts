import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Rule, getRuleRow, toRule } from "./rule";

/** A rule with how its alerts are. */
export interface RuleWithCounts extends Rule {
  firing: number;
  pending: number;
}

const MAX_RULES = 1_000;

/** The rules by label, at most a thousand. @throws Problem forbidden */
export async function listRules(context: Context): Promise<RuleWithCounts[]> {
  authorize(context.actor, "read");
  const [rows, counts] = await Promise.all([
    context.db.alertRule.findMany({ orderBy: [{ label: "asc" }, { id: "asc" }], take: MAX_RULES }),
    countOpen(context, null),
  ]);
  return rows.map((row) => ({ ...toRule(row), ...(counts.get(row.id) ?? NONE) }));
}

/** @param id its id or key @throws Problem forbidden, not-found */
export async function getRule(context: Context, { id }: { id: string }): Promise<RuleWithCounts> {
  authorize(context.actor, "read");
  const row = await getRuleRow(context.db, id);
  return { ...toRule(row), ...((await countOpen(context, row.id)).get(row.id) ?? NONE) };
}

type Counts = Pick<RuleWithCounts, "firing" | "pending">;
const NONE: Counts = { firing: 0, pending: 0 };

/** The open alerts of each rule that has some, or of one. */
async function countOpen({ sql }: Context, ruleId: string | null): Promise<ReadonlyMap<string, Counts>> {
  const { rows } = await sql.query<Counts & { id: string }>(
    `SELECT rule_id AS id, count(*) FILTER (WHERE state = 'firing')::int AS firing, count(*) FILTER (WHERE state = 'pending')::int AS pending
     FROM alerts WHERE open_fingerprint IS NOT NULL AND rule_id IS NOT NULL AND ($1::uuid IS NULL OR rule_id = $1) GROUP BY 1`,
    [ruleId],
  );
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}
